import { stringify } from 'yaml';
import type { PromptTemplate } from './template.ts';

/** The file of a template; `readTemplate` reads the same template from it, with line ends as `\n`. */
export function writeTemplate({ prompt, variables, questions, tools, promptRole, ...head }: PromptTemplate): string {
	const frontMatter = {
		title: head.title,
		...(head.description !== undefined && { description: head.description }),
		kind: head.kind,
		...(head.when !== undefined && { when: head.when }),
		...(promptRole !== 'system' && { promptRole }),
		...(variables.length > 0 && {
			variables: variables.map(({ name, type, default: value, choices, note }) => ({
				name,
				type,
				...(value !== undefined && { default: value }),
				...(type === 'choice' && { choices }),
				...(note !== undefined && { note }),
			})),
		}),
		...(questions.length > 0 && { questions }),
		...(tools.length > 0 && { tools }),
	};
	return `---\n${stringify(frontMatter, { lineWidth: 0, aliasDuplicateObjects: false })}---\n\n${prompt.replaceAll('\r\n', '\n')}`;
}
