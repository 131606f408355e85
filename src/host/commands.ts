import * as vscode from 'vscode';
import { AppError, toAppError } from '../common/errors.ts';
import type { FeatureServices } from './kit/featureServices.ts';
import { showError, type Commands } from './kit/command.ts';

/** What VS Code says of an editor that was opening when the user opened another one. */
const overtaken = /^Could NOT open editor for /;

type Run = (parameters: readonly unknown[]) => Promise<unknown>;

/** The commands of the product, as its features register them. */
export function createCommands({ log, own }: Pick<FeatureServices, 'log' | 'own'>): Commands {
	const runs = new Map<string, Run>();

	/**
	 * An error is shown once, here, with the action that helps, and the caller gets undefined: whatever is thrown, VS Code's
	 * own cancellation too, the palette shows in a dialog of its own. A cancelled command says nothing, nor does one whose
	 * editor gave way to another. Programs that want to know why use the API, which rejects.
	 */
	async function shown(id: string, run: Run, parameters: readonly unknown[]): Promise<unknown> {
		try {
			return await run(parameters);
		} catch (thrown) {
			const error = toAppError(thrown);
			if (error.code !== 'cancelled') {
				log.error(error, `promptWorkshop.${id}`);
				if (!overtaken.test(error.message)) {
					void showError(error);
				}
			}
			return undefined;
		}
	}

	return {
		add(services, commands) {
			for (const command of commands) {
				const { id } = command;
				const run: Run = async (parameters) => command.run(services, ...(await checked(id, parameters)));
				runs.set(id, run);
				own(
					vscode.commands.registerCommand(`promptWorkshop.${id}`, (...parameters: unknown[]) =>
						shown(id, run, parameters),
					),
				);
			}
		},
		async run(id, ...parameters) {
			const run = runs.get(id);
			if (!run) {
				throw new AppError('internal', vscode.l10n.t('There is no command promptWorkshop.{0}', id));
			}
			return run(parameters);
		},
	};
}

/** The schemas are loaded when a first command is called with arguments. */
async function checked(id: string, parameters: readonly unknown[]): Promise<readonly unknown[]> {
	if (parameters.every((parameter) => parameter === undefined)) {
		return [];
	}
	const { checkCommandArguments } = await import('./arguments/checks.ts');
	return checkCommandArguments(id, parameters);
}
