import * as l10n from '@vscode/l10n';
import { draftTitle } from '../../common/draftTitle.ts';
import type { LabPromptChoice } from '../../common/labProtocol.ts';
import { AppError } from '../../common/errors.ts';
import { versionReasonLabel } from '../../common/versionReasonLabel.ts';
import type { LabSession } from '../../lab/session.ts';
import type { Store } from '../../storage/contract.ts';

interface MatrixPrompt {
	label: string;
	text: (section: number) => string;
}

/**
 * The prompts that a matrix can compare: the Lab's edited and recorded ones and, if the store is already open, drafts,
 * library prompts and their versions. The Lab never opens the store and only reads it.
 */
export class LabPrompts {
	readonly #openedStore: () => Promise<Store> | undefined;

	constructor(openedStore: () => Promise<Store> | undefined) {
		this.#openedStore = openedStore;
	}

	async list(): Promise<LabPromptChoice[]> {
		const own: LabPromptChoice[] = [
			{ id: 'edited', label: l10n.t('Edited prompt'), detail: l10n.t('as in this panel') },
			{
				id: 'recorded',
				label: l10n.t('Recorded prompt'),
				detail: l10n.t('as in the fixture'),
			},
		];
		const store = await this.#openedStore();
		const stored = await store?.read(({ drafts, prompts, versions }) => {
			const versionsOf = (kind: 'draft' | 'prompt', id: number, label: string): LabPromptChoice[] =>
				versions.list(kind, id).map(({ id: versionId, createdAt, reason }) => ({
					id: `version:${versionId}`,
					label,
					detail: l10n.t(
						'version of {0}, {1}',
						new Date(createdAt).toLocaleString(),
						versionReasonLabel(reason),
					),
				}));
			const ofDrafts = drafts.list().flatMap((draft) => {
				const { id } = draft;
				const label = draftTitle(draft);
				return [{ id: `draft:${id}`, label, detail: l10n.t('draft') }, ...versionsOf('draft', id, label)];
			});
			const ofLibrary = prompts
				.list()
				.flatMap(({ id, name, title }) => [
					{ id: `prompt:${name}`, label: title, detail: name },
					...versionsOf('prompt', id, title),
				]);
			return [...ofDrafts, ...ofLibrary];
		});
		return [...own, ...(stored ?? [])];
	}

	/** The texts of ids from `list`. A stored prompt replaces the assembled one in every section. */
	async resolve(session: LabSession, ids: readonly string[]): Promise<MatrixPrompt[]> {
		const choices = new Map((await this.list()).map((choice) => [choice.id, choice]));
		return Promise.all(
			ids.map(async (id) => {
				const choice = choices.get(id);
				if (!choice) {
					throw new AppError('not-found', l10n.t('A prompt in the matrix no longer exists. Choose again'));
				}
				const label = `${choice.label} (${choice.detail})`;
				if (id === 'edited') {
					return { label, text: (section: number) => session.prompt(section) };
				}
				if (id === 'recorded') {
					return { label, text: (section: number) => session.recordedPrompt(section) };
				}
				const content = await this.#content(id);
				return { label, text: () => content };
			}),
		);
	}

	async #content(id: string): Promise<string> {
		const colon = id.indexOf(':');
		const key = id.slice(colon + 1);
		const store = await this.#openedStore();
		const content = await store?.read(({ drafts, prompts, versions }) => {
			switch (id.slice(0, colon)) {
				case 'draft':
					return drafts.get(Number(key)).draftContent;
				case 'prompt':
					return prompts.get(key).content;
				default:
					return versions.get(Number(key)).content;
			}
		});
		if (content === undefined) {
			throw new AppError('not-found', l10n.t('The store was closed. Open a draft and choose again'));
		}
		return content;
	}
}
