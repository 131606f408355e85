import * as vscode from 'vscode';
import type { StoredDocuments } from '../kit/storedFileSystem.ts';
import { AppError, isAppError } from '../../common/errors.ts';
import { ownerOf } from './suiteFiles.ts';
import { namedSuiteUri, suiteOwnerOf, suiteScheme, suiteUri } from './suiteUri.ts';

const belongs = () => vscode.l10n.t('A suite belongs to a draft or a prompt');

/** The suites of drafts and prompts as documents. */
export const suiteDocuments: StoredDocuments = {
	scheme: suiteScheme,
	folders: /^\/((draft|prompt)\/?(\d+\/?)?)?$/,
	isTouched(uri, { suites, all }) {
		const owner = suiteOwnerOf(uri);
		return owner !== undefined && (all || suites.includes(`${owner.ownerKind}:${owner.ownerId}`));
	},
	async times(store, uri) {
		const owner = suiteOwnerOf(uri);
		const listed = await store.read(({ suites }) => suites.list());
		const suite = listed.find((one) => one.ownerKind === owner?.ownerKind && one.ownerId === owner.ownerId);
		return suite && { created: Date.parse(suite.createdAt), changed: Date.parse(suite.updatedAt) };
	},
	read(store, uri) {
		const owner = suiteOwnerOf(uri);
		return store.read(({ suites }) => owner && suites.get(owner.ownerKind, owner.ownerId));
	},
	async write(store, uri, content) {
		const owner = suiteOwnerOf(uri);
		if (!owner) {
			throw new AppError('validation', belongs());
		}
		await store.write(({ suites }) => suites.put({ ...owner, content, now: new Date().toISOString() }));
	},
	async remove(store, uri) {
		const owner = suiteOwnerOf(uri);
		if (owner) {
			await store.write(({ suites }) => suites.remove(owner.ownerKind, owner.ownerId));
		}
	},
	naming: {
		isTouched(uri, { drafts, prompts, all }) {
			const owner = suiteOwnerOf(uri);
			// Changes of prompts say their names only.
			return (
				owner !== undefined &&
				(all || (owner.ownerKind === 'draft' ? drafts.includes(owner.ownerId) : prompts.length > 0))
			);
		},
		/** One under its address stays: programs open it by that. */
		async current(store, uri) {
			const owner = suiteOwnerOf(uri);
			const { storeId } = store.status;
			if (!owner || uri.toString() === suiteUri(storeId, owner).toString()) {
				return undefined;
			}
			try {
				const { name } = await store.read((repositories) => ownerOf(repositories, owner));
				const current = namedSuiteUri(storeId, owner, name);
				return current.toString() === uri.toString() ? undefined : current;
			} catch (thrown) {
				if (isAppError(thrown, 'not-found')) {
					return undefined;
				}
				throw thrown;
			}
		},
	},
	words: {
		belongs,
		named: () => vscode.l10n.t('A suite is named after its draft or prompt'),
		gone: () =>
			vscode.l10n.t(
				'The draft or prompt of this suite was deleted. Restore it with "Prompt Workshop: Restore Deleted" and save again, or copy this text',
			),
	},
};
