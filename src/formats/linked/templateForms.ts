import type { PromptVariable } from '../../prompts/promptMetadata.ts';
import { Findings } from '../reading/findings.ts';
import { fromBraces } from '../template/fromBraces.ts';
import { fromHandlebars, handlebarsParts } from '../template/fromHandlebars.ts';
import { fromJinja } from '../template/fromJinja.ts';
import { asLiteral } from '../template/literal.ts';
import { toBraces, toHandlebars, toJinja, toPlainText } from '../writing/templates.ts';

/** How the texts of a format say their variables. */
export interface TemplateForm {
	/** The text as a draft has it. */
	read(text: string): string;
	/** The text of a draft as the format has it; what the format cannot say is named. */
	write(text: string, variables: readonly PromptVariable[], findings: Findings): string;
}

const lineAt = () => undefined;

/** The forms that a text is tried in, the plainest first. */
export const templateForms: readonly TemplateForm[] = [
	{ read: asLiteral, write: (text, _variables, findings) => toPlainText(text, findings) },
	{
		read: (text) => fromBraces(text, new Findings()),
		write: (text, _variables, findings) => toBraces(text, findings),
	},
	{
		read: (text) => fromHandlebars(handlebarsParts(text), { findings: new Findings(), lineAt }),
		write: (text, _variables, findings) => toHandlebars(text, findings),
	},
	{ read: (text) => fromJinja(text, { findings: new Findings(), lineAt }), write: toJinja },
	// Our own files.
	{ read: (text) => text, write: (text) => text },
];
