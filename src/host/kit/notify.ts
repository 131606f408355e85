import * as vscode from 'vscode';
import { visibleText, withoutLinks } from '../../common/visibleText.ts';

/**
 * VS Code turns `[text](command:…)` in these texts into links, which run a command on one click. The texts may contain
 * words of a server, a file or a topic, so all of them go through here and links are removed.
 */
type First = vscode.MessageOptions | string;
type Show = (message: string, options: vscode.MessageOptions, ...items: string[]) => Thenable<string | undefined>;

export const showInformation = (message: string, first: First = {}, ...items: string[]) =>
	show(vscode.window.showInformationMessage, message, first, items);
export const showWarning = (message: string, first: First = {}, ...items: string[]) =>
	show(vscode.window.showWarningMessage, message, first, items);
export const showProblem = (message: string, first: First = {}, ...items: string[]) =>
	show(vscode.window.showErrorMessage, message, first, items);

async function show(shown: Show, message: string, first: First, items: string[]): Promise<string | undefined> {
	if (typeof first === 'string') {
		return shown(withoutLinks(message), {}, first, ...items);
	}
	const options = first.detail === undefined ? first : { ...first, detail: withoutLinks(first.detail) };
	return shown(withoutLinks(message), options, ...items);
}

/** Shows a message in the status bar for the given time. */
export function showStatus(message: string, milliseconds: number): void {
	vscode.window.setStatusBarMessage(visibleText(message), milliseconds);
}

export function runWithProgress<T>(
	options: vscode.ProgressOptions,
	task: (
		progress: vscode.Progress<{ message?: string; increment?: number }>,
		token: vscode.CancellationToken,
	) => Thenable<T>,
): Thenable<T> {
	const shown = options.title === undefined ? options : { ...options, title: withoutLinks(options.title) };
	return vscode.window.withProgress(shown, (progress, token) =>
		task(
			{
				report: ({ message, ...rest }) =>
					progress.report(message === undefined ? rest : { ...rest, message: withoutLinks(message) }),
			},
			token,
		),
	);
}

export function showInput(
	options: vscode.InputBoxOptions,
	token?: vscode.CancellationToken,
): Thenable<string | undefined> {
	const { title, prompt, placeHolder } = options;
	const check = options.validateInput?.bind(options);
	const shown = {
		...options,
		...(title !== undefined && { title: visibleText(title) }),
		...(prompt !== undefined && { prompt: withoutLinks(prompt) }),
		...(placeHolder !== undefined && { placeHolder: visibleText(placeHolder) }),
		...(check && { validateInput: async (value: string) => plainMessage(await check(value)) }),
	};
	return vscode.window.showInputBox(shown, token);
}

/** An input box whose texts that may become links are set only by this module. */
export interface Input {
	box: Omit<vscode.InputBox, 'prompt' | 'validationMessage'>;
	/** Shows why the value is refused; undefined clears it. */
	refuse: (reason: string | undefined) => void;
}

export function createInput(prompt: string): Input {
	const box = vscode.window.createInputBox();
	box.prompt = withoutLinks(prompt);
	return {
		box,
		refuse: (reason) => {
			box.validationMessage = reason === undefined ? undefined : withoutLinks(reason);
		},
	};
}

function plainMessage<T extends string | vscode.InputBoxValidationMessage>(message: T | null | undefined) {
	return typeof message === 'object' && message !== null
		? { ...message, message: withoutLinks(message.message) }
		: message && withoutLinks(message);
}
