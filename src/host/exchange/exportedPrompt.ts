import { draftTitle } from '../../common/draftTitle.ts';
import type { RecordOwner } from '../../common/api.ts';
import type { Exported } from '../../formats/writing/writer.ts';
import { readImportNotes } from '../../prompts/importNotes.ts';
import { readPromptMetadata, withVersioned } from '../../prompts/promptMetadata.ts';
import type { Repositories } from '../../storage/contract.ts';

interface Source {
	name: string;
	description: string | null;
	text: string;
	metadata: Record<string, unknown>;
	suite: string | undefined;
}

/** A draft, prompt or version with its suite, as it is written for other tools. Throws `not-found`. */
export function exportedPrompt(repositories: Repositories, owner: RecordOwner | { versionId: number }): Exported {
	const { name, description, text, metadata, suite } = sourceOf(repositories, owner);
	const { kind, variables, tools, promptRole, questions } = readPromptMetadata(metadata);
	const { model, parameters, origin } = readImportNotes(metadata);
	return {
		draft: {
			name,
			...(description !== null && description !== '' && { description }),
			text,
			kind,
			variables,
			tools,
			promptRole,
			...(questions.length > 0 && { questions }),
			...(model !== undefined && { model }),
			...(parameters && { parameters }),
			...(origin && { origin }),
		},
		suites: suite === undefined ? [] : [{ name, text: suite }],
	};
}

function sourceOf(repositories: Repositories, owner: RecordOwner | { versionId: number }): Source {
	const { drafts, prompts, suites, versions } = repositories;
	if ('versionId' in owner) {
		const { ownerKind, ownerId, content, metadata } = versions.get(owner.versionId);
		const current =
			ownerKind === 'draft'
				? sourceOf(repositories, { draftId: ownerId })
				: sourceOf(repositories, { promptName: prompts.getById(ownerId).name });
		return { ...current, text: content, metadata: withVersioned(current.metadata, metadata) };
	}
	if ('draftId' in owner) {
		const draft = drafts.get(owner.draftId);
		return {
			name: draftTitle(draft),
			description: draft.draftDescription,
			text: draft.draftContent,
			metadata: draft.metadata,
			suite: suites.get('draft', draft.id),
		};
	}
	const { id, title, description, content, metadata } = prompts.get(owner.promptName);
	return { name: title, description, text: content, metadata, suite: suites.get('prompt', id) };
}
