import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { ReportEntry } from '../../common/reportEntry.ts';
import type { PromptVariable } from '../../prompts/promptMetadata.ts';
import { importFile } from '../importFile.ts';
import type { Folder } from '../imported.ts';
import { Findings } from '../reading/findings.ts';
import { promptPlaces, type PromptPlace } from './promptPlaces.ts';
import { templateForms, type TemplateForm } from './templateForms.ts';

/** The prompt in a file, and how another text takes its place. Offsets are those of the text with line feeds. */
export interface LinkedPart {
	/** As a draft has it. */
	text: string;
	start: number;
	end: number;
	/**
	 * What to write between the offsets so that the file holds this text of a draft. Throws `validation` if the format
	 * cannot say it.
	 */
	replacement(text: string, variables: readonly PromptVariable[]): Promise<string>;
}

/** In UTF-16 code units. */
export const maxLinkedLength = 1024 * 1024;

/** A linked file is read for its own prompt; the files that it refers to play no part. */
const noFolder: Folder = {
	read: () => Promise.reject(new AppError('not-found', l10n.t('Only the file itself is linked'))),
	list: () => Promise.resolve([]),
};

/**
 * Finds the one prompt of a file of any format that can be imported. `text` has line feeds. Throws `validation` if there
 * is none or are several, and if its source cannot be written back exactly.
 */
export async function linkedPart(path: string, text: string): Promise<LinkedPart> {
	const draftText = await promptOf(path, text);
	const found = promptPlaces(path, text)
		.map((place) => ({ place, forms: templateForms.filter((form) => holds(form, place.text, draftText)) }))
		.filter(({ forms }) => forms.length > 0);
	// A part by role is in the whole text that has no other part.
	const places = found.filter(({ place }, index) => !found.slice(0, index).some((one) => isSame(one.place, place)));
	const [only, another] = places;
	if (!only || another) {
		throw new AppError(
			'validation',
			only
				? l10n.t(
						'The text of the prompt stands in {0} places of the file, so it cannot be linked',
						places.length,
					)
				: l10n.t('The prompt is not written in the file as it would be written back, so it cannot be linked'),
			{ info: { field: 'uri' } },
		);
	}
	const { place, forms } = only;
	return {
		text: draftText.trim(),
		start: place.start,
		end: place.end,
		async replacement(other, variables) {
			let reason: ReportEntry | undefined;
			let lossy: string | undefined;
			for (const form of forms) {
				const findings = new Findings();
				const written = place.replacement(form.write(other.trim(), variables, findings));
				const [loss] = findings.report();
				const after = text.slice(0, place.start) + written + text.slice(place.end);
				const isRead = (await promptOf(path, after)).trim() === other.trim();
				if (isRead && !loss) {
					return written;
				}
				lossy ??= isRead ? written : undefined;
				reason ??= loss;
			}
			if (lossy === undefined) {
				throw new AppError(
					'validation',
					reason
						? l10n.t('The linked file cannot hold this text. {0}: {1}', reason.what, reason.note)
						: l10n.t('The linked file cannot hold this text as it is'),
					{ info: { field: 'draftContent' } },
				);
			}
			return lossy;
		},
	};
}

async function promptOf(path: string, text: string): Promise<string> {
	const { drafts } = await importFile(path, text, noFolder);
	const [draft, another] = drafts;
	if (!draft || another) {
		throw new AppError(
			'validation',
			another
				? l10n.t(
						'A linked file holds one prompt, and this one holds {0}. Import them, or link a file for each',
						drafts.length,
					)
				: l10n.t('A linked file holds one prompt, and this one holds none'),
			{ info: { field: 'uri' } },
		);
	}
	return draft.text;
}

/** Whether a place holds the text of the draft in this form, and the form writes it exactly as it stands. */
function holds(form: TemplateForm, source: string, draftText: string): boolean {
	return (
		form.read(source).trim() === draftText.trim() && form.write(form.read(source), [], new Findings()) === source
	);
}

function isSame(a: PromptPlace, b: PromptPlace): boolean {
	return a.start === b.start && a.end === b.end;
}
