import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { draftTitle } from '../../common/draftTitle.ts';
import type { PromptReference } from '../../common/suiteModel.ts';
import { textHash } from '../../disk/textHash.ts';
import { readPromptMetadata } from '../../prompts/promptMetadata.ts';
import type { Repositories, Store } from '../../storage/contract.ts';
import type { ResolvedPrompt } from '../../suites/suiteContext.ts';
import type { DraftDocuments } from '../../workshop/context.ts';
import { readBeside } from './suiteFiles.ts';

export interface PromptPlaces {
	openStore: () => Promise<Store>;
	documents: Pick<DraftDocuments, 'save'>;
}

/** Finds a prompt as a suite names it. The open document of a draft is saved first. */
export async function resolvePrompt(
	{ openStore, documents }: PromptPlaces,
	reference: PromptReference,
	suiteUri: string,
): Promise<ResolvedPrompt> {
	const [, kind = '', name = ''] = /^([a-z]+):(.+)$/s.exec(reference) ?? [];
	if (kind === 'file') {
		const text = await readBeside(name, vscode.Uri.parse(suiteUri));
		const label = name.split('/').at(-1) ?? name;
		return { ...found(reference, label, text, {}) };
	}
	const store = await openStore();
	if (kind === 'draft') {
		const id = await store.read(({ drafts }) => draftId(drafts, name));
		await documents.save(id);
		return store.read(({ drafts }) => {
			const draft = drafts.get(id);
			const { testForm } = readPromptMetadata(draft.metadata);
			return {
				...found(`draft:${id}`, draftTitle(draft), draft.draftContent, draft.metadata),
				...(testForm.thinking !== undefined && { thinking: testForm.thinking }),
				...(testForm.topic !== undefined && { topic: testForm.topic }),
			};
		});
	}
	if (kind === 'library') {
		return store.read(({ prompts }) => {
			const { title, content, metadata } = prompts.get(name);
			return found(reference, title, content, metadata);
		});
	}
	if (kind === 'version' && /^\d+$/.test(name)) {
		return store.read(({ versions }) => {
			const { content, label, metadata } = versions.get(Number(name));
			return found(reference, label ?? vscode.l10n.t('version {0}', name), content, metadata ?? {});
		});
	}
	throw new AppError(
		'validation',
		vscode.l10n.t(
			'"{0}" names no prompt. Write draft:<name or id>, library:<name>, version:<id> or file:<path>',
			reference.slice(0, 100),
		),
		{ info: { field: 'prompt' } },
	);
}

/** The draft with this id, else the only one with this name. */
function draftId(drafts: Repositories['drafts'], name: string): number {
	if (/^\d+$/.test(name) && drafts.has(Number(name))) {
		return Number(name);
	}
	const named = drafts.list().filter(({ draftName }) => draftName === name);
	const [only] = named;
	if (!only) {
		throw new AppError('not-found', vscode.l10n.t('There is no draft "{0}"', name), { info: { field: 'prompt' } });
	}
	if (named.length > 1) {
		throw new AppError(
			'validation',
			vscode.l10n.t(
				'Several drafts are called "{0}": write {1}',
				name,
				named.map(({ id }) => `draft:${id}`).join(vscode.l10n.t(' or ')),
			),
			{ info: { field: 'prompt' } },
		);
	}
	return only.id;
}

function found(
	reference: PromptReference,
	label: string,
	text: string,
	metadata: Record<string, unknown>,
): ResolvedPrompt {
	const { kind, variables, tools, promptRole } = readPromptMetadata(metadata);
	return { reference, label, text, hash: textHash(text), kind, variables, tools, promptRole };
}
