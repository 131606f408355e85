import * as l10n from '@vscode/l10n';
import { basename, resolve } from 'node:path';
import { AppError } from '../common/errors.ts';
import type { PromptReference } from '../common/suiteModel.ts';
import { nodeFiles } from '../disk/nodeFiles.ts';
import type { ReadStore } from '../storage/readStore.ts';
import { promptOfText, splitReference, storedPrompt } from '../suites/storedPrompt.ts';
import type { ResolvedPrompt } from '../suites/suiteContext.ts';
import { loadSqlJs } from './loadSqlJs.ts';
import { readBeside } from './suiteFiles.ts';
import { usageError } from './usageError.ts';

export interface Prompts {
	resolve(reference: PromptReference, suiteUri: string): Promise<ResolvedPrompt>;
	/** A prompt of `--prompt` as a reference; a path is from the current folder, wherever the suite is. */
	referenceOf(option: string): PromptReference;
	/** The files of the references that `referenceOf` has made so far. */
	ownFiles(): string[];
}

/** Finds prompts in files, and in the store of `--store`, which is read once and only if one is needed. */
export function openPrompts(folder: string, storeOption: string | undefined): Prompts {
	let store: Promise<ReadStore> | undefined;
	/** Files of the command line itself may be anywhere. */
	const own = new Map<PromptReference, string>();
	return {
		referenceOf(option) {
			if (/^(draft|library|version):/.test(option)) {
				return option;
			}
			const path = option.replace(/^file:/, '');
			const reference = `file:${path}`;
			own.set(reference, resolve(folder, path));
			return reference;
		},
		ownFiles: () => [...own.values()],
		async resolve(reference, suiteUri) {
			const { kind, name } = splitReference(reference);
			if (kind === 'file') {
				const path = own.get(reference);
				const text = path === undefined ? await readBeside(name, suiteUri, folder) : await readOwn(path, name);
				return promptOfText(reference, basename(name), text);
			}
			if (storeOption === undefined) {
				throw usageError(
					l10n.t(
						'"{0}" is in a store: name it with --store, or export the prompt and write file:<path>',
						reference,
					),
					'store',
				);
			}
			store ??= openStore(resolve(folder, storeOption), storeOption);
			return (await store).read((repositories) => storedPrompt(repositories, reference));
		},
	};
}

async function readOwn(path: string, name: string): Promise<string> {
	const bytes = await nodeFiles.read(path).catch(() => undefined);
	if (!bytes) {
		throw usageError(l10n.t('There is no prompt file {0}', name), 'prompt');
	}
	return Buffer.from(bytes)
		.toString()
		.replace(/^\uFEFF/, '');
}

async function openStore(path: string, name: string): Promise<ReadStore> {
	const [{ readStore }, sqlJs] = await Promise.all([import('../storage/readStore.ts'), loadSqlJs()]);
	try {
		return await readStore({ path, files: nodeFiles, sqlJs });
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new AppError('validation', l10n.t('The store {0} cannot be read: {1}', name, reason), {
			cause,
			info: { field: 'store' },
		});
	}
}
