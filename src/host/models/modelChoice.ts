import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { isModelName } from '../../common/modelName.ts';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { Models } from '../../providers/provider.ts';
import type { ModelUse } from '../../workshop/context.ts';
import type { RememberedModels } from './rememberedModels.ts';
import { SharedQuestion } from '../kit/sharedQuestion.ts';
import { modelSettings, onDidChangeSettings, updateModel } from '../kit/settings.ts';
import { spendingSettings } from '../kit/spendingSettings.ts';

/** Whether the user agreed to each model named by the settings of this workspace. */
type Agreed = Record<string, boolean>;

const agreedKey = 'promptWorkshop.workspaceModels';

/**
 * Which model a chat, a test or the Lab uses. A model named by the workspace is used only once the user has agreed to
 * it in this workspace: a folder's settings alone must not decide where text is sent.
 */
export class ModelChoice implements Disposable {
	readonly #disposables = new DisposableStore();
	readonly #models: () => Models;
	readonly #memory: vscode.Memento;
	readonly #remembered: { chat: RememberedModels; test: RememberedModels };
	readonly #changed = this.#disposables.add(new vscode.EventEmitter<void>());
	/** Open questions by the workspace's model; `''` for a question for any model. */
	readonly #questions = new Map<string, SharedQuestion<string>>();
	/** Fires when a chosen model or the thinking level may have changed. */
	readonly onDidChange = this.#changed.event;

	constructor(
		models: () => Models,
		memory: vscode.Memento,
		remembered: { chat: RememberedModels; test: RememberedModels },
	) {
		this.#models = models;
		this.#memory = memory;
		this.#remembered = remembered;
		const changed = () => this.#changed.fire();
		this.#disposables.add(remembered.chat.onDidChange(changed));
		this.#disposables.add(remembered.test.onDidChange(changed));
		for (const key of spendingSettings) {
			this.#disposables.add(onDidChangeSettings(key, changed));
		}
		this.#disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(changed));
	}

	/** The model of a use as `provider/model` if one is chosen and agreed to. Does not ask the user. */
	readonly chosen = (use: ModelUse): string | undefined => {
		const { user, workspace } = modelSettings(use);
		if (workspace === undefined || workspace === user) {
			return user;
		}
		const agreed = this.#agreed[workspace];
		return agreed === true ? workspace : agreed === false ? user : undefined;
	};

	/** Like `chosen`, but null if the workspace names a model about which the user was not asked yet. */
	readonly settled = (use: ModelUse): string | undefined | null => {
		const { user, workspace } = modelSettings(use);
		const isOpen = workspace !== undefined && workspace !== user && this.#agreed[workspace] === undefined;
		return isOpen ? null : this.chosen(use);
	};

	/**
	 * The given model, the chosen one, or the one that the user chooses now. The user is asked once: the choice serves
	 * chat and tests until one of them is set, and nothing is sent before it. Concurrent callers share the question; a
	 * signal ends it for its caller.
	 */
	readonly choose = async (use: ModelUse, given: string | undefined, signal?: AbortSignal): Promise<string> => {
		const known = given ?? this.chosen(use);
		if (known !== undefined) {
			return requireModelForm(known);
		}
		const { workspace = '' } = modelSettings(use);
		const question = this.#questions.get(workspace) ?? new SharedQuestion<string>();
		this.#questions.set(workspace, question);
		return question.ask((closed) => this.#ask(use, closed), signal);
	};

	/** `placeholder`: what the model is for, if that is not plain. */
	readonly pick = async (signal?: AbortSignal, placeholder?: string): Promise<string> => {
		const { pickModel } = await import('./modelPicker.ts');
		return pickModel(this.#models(), requireModelForm, signal, placeholder);
	};

	/** Sets the model of a use, overriding the workspace's model and the remembered models of single chats and drafts. */
	async set(use: ModelUse, model: string): Promise<void> {
		requireModelForm(model);
		const { workspace } = modelSettings(use);
		if (workspace !== undefined) {
			await this.#agree(workspace, workspace === model);
		}
		await updateModel(use, model);
		if (use === 'chat') {
			await this.#replaceGuideInTests(model);
		}
		if (use !== 'lab') {
			await this.#remembered[use].forget();
		}
	}

	/** The guide serves tests until there is a model: it was chosen for want of one. */
	async #replaceGuideInTests(model: string): Promise<void> {
		const { user } = modelSettings('test');
		const models = this.#models();
		if (user !== undefined && !models.isModel(user) && models.isModel(model)) {
			await updateModel('test', model);
		}
	}

	async #ask(use: ModelUse, signal: AbortSignal): Promise<string> {
		const { user, workspace } = modelSettings(use);
		if (workspace !== undefined) {
			const { askAboutModel } = await import('./modelPicker.ts');
			const answer = await askAboutModel(workspace, user, signal);
			await this.#agree(workspace, answer === workspace);
			if (answer !== undefined) {
				return requireModelForm(answer);
			}
		}
		const model = await this.pick(signal);
		for (const one of ['chat', 'test'] as const) {
			if (modelSettings(one).user === undefined) {
				await updateModel(one, model);
			}
		}
		return model;
	}

	get #agreed(): Agreed {
		return this.#memory.get<Agreed>(agreedKey, {});
	}

	async #agree(model: string, agreed: boolean): Promise<void> {
		await this.#memory.update(agreedKey, { ...this.#agreed, [model]: agreed });
		this.#changed.fire();
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}

function requireModelForm(model: string): string {
	if (!isModelName(model)) {
		throw new AppError(
			'validation',
			vscode.l10n.t('A model is written as provider/model, for example anthropic/…; this is "{0}"', model),
			{ info: { field: 'model' } },
		);
	}
	return model;
}
