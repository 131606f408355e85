import * as l10n from '@vscode/l10n';
import { draftTitle } from '../common/draftTitle.ts';
import { AppError } from '../common/errors.ts';
import type { PromptReference } from '../common/suiteModel.ts';
import { textHash } from '../disk/textHash.ts';
import { readPromptMetadata } from '../prompts/promptMetadata.ts';
import type { Repositories } from '../storage/contract.ts';
import type { ResolvedPrompt } from './suiteContext.ts';

/** `file:a/b.md` as `{ kind: 'file', name: 'a/b.md' }`. Throws `validation` if it names no prompt. */
export function splitReference(reference: PromptReference): {
	kind: 'draft' | 'library' | 'version' | 'file';
	name: string;
} {
	const [, kind, name = ''] = /^(draft|library|version|file):(.+)$/s.exec(reference) ?? [];
	if (kind === undefined || (kind === 'version' && !/^\d+$/.test(name))) {
		throw new AppError(
			'validation',
			l10n.t(
				'"{0}" names no prompt. Write draft:<name or id>, library:<name>, version:<id> or file:<path>',
				reference.slice(0, 100),
			),
			{ info: { field: 'prompt' } },
		);
	}
	return { kind: kind as 'draft' | 'library' | 'version' | 'file', name };
}

/**
 * The draft with this id, else the only one with this name. Throws `not-found`, and `validation` that lists them if several
 * have the name.
 */
export function draftIdOf(drafts: Repositories['drafts'], name: string): number {
	if (/^\d+$/.test(name) && drafts.has(Number(name))) {
		return Number(name);
	}
	const named = drafts.list().filter(({ draftName }) => draftName === name);
	const [only] = named;
	if (!only) {
		throw new AppError('not-found', l10n.t('There is no draft "{0}"', name), { info: { field: 'prompt' } });
	}
	if (named.length > 1) {
		throw new AppError(
			'validation',
			l10n.t(
				'Several drafts are called "{0}": write {1}',
				name,
				named.map(({ id }) => `draft:${id}`).join(l10n.t(' or ')),
			),
			{ info: { field: 'prompt' } },
		);
	}
	return only.id;
}

/** A prompt of the store as a run uses it. Throws `not-found`, and `validation` for the name of several drafts. */
export function storedPrompt(
	{ drafts, prompts, versions }: Pick<Repositories, 'drafts' | 'prompts' | 'versions'>,
	reference: PromptReference,
): ResolvedPrompt {
	const { kind, name } = splitReference(reference);
	if (kind === 'draft') {
		const draft = drafts.get(draftIdOf(drafts, name));
		const { testForm } = readPromptMetadata(draft.metadata);
		return {
			...promptOfText(`draft:${draft.id}`, draftTitle(draft), draft.draftContent, draft.metadata),
			...(testForm.thinking !== undefined && { thinking: testForm.thinking }),
			...(testForm.topic !== undefined && { topic: testForm.topic }),
		};
	}
	if (kind === 'library') {
		const { title, content, metadata } = prompts.get(name);
		return promptOfText(reference, title, content, metadata);
	}
	const { content, label, metadata } = versions.get(Number(name));
	const shown = label ?? l10n.t('version {0}', versions.listed(Number(name)).number);
	return promptOfText(reference, shown, content, metadata);
}

/** A text as a prompt; its metadata say what it is. */
export function promptOfText(
	reference: PromptReference,
	label: string,
	text: string,
	stored: Record<string, unknown> = {},
): ResolvedPrompt {
	const { kind, variables, tools, promptRole } = readPromptMetadata(stored);
	return { reference, label, text, hash: textHash(text), kind, variables, tools, promptRole };
}
