import * as vscode from 'vscode';
import { toAppError } from '../../common/errors.ts';
import { createInput, type Input } from './notify.ts';
import { createPick, type Pick } from './pick.ts';
import { cancelled } from './arguments.ts';

type Text = {
	prompt: string;
	value?: string;
	placeHolder?: string;
	password?: boolean;
	check?: (value: string) => void;
};
/** One step: a text, checked while the user types with a rule that throws, or a choice from a list. */
export type Question<Key extends string> = { key: Key } & (Text | { prompt: string; choices: readonly Choice[] });

type Choice = vscode.QuickPickItem & { value: string };
type Step = { title: string; step: number; totalSteps: number };
const back = Symbol('back');

/**
 * Asks a command's questions one by one, skipping those with a given answer. The user can go back to each; typed text
 * is preserved. `questions` is called before each step, because answers may change what follows. Rejects with
 * `cancelled` if the user leaves.
 */
export async function askInSteps<Key extends string>(
	title: string,
	given: Partial<Record<Key, string | undefined>>,
	questions: (answers: Partial<Record<Key, string>>) => readonly Question<Key>[],
): Promise<Record<Key, string>> {
	const answers: Partial<Record<Key, string>> = {};
	const isOpen = ({ key }: Question<Key>) => given[key] === undefined;
	const typed: Partial<Record<Key, string>> = {};
	for (let index = 0; ;) {
		const asked = questions(answers).filter(isOpen);
		const question = asked[index];
		if (!question) {
			return { ...given, ...answers } as Record<Key, string>;
		}
		const { key } = question;
		const step = { title, step: index + 1, totalSteps: asked.length };
		const answer =
			'choices' in question
				? await askChoice(step, question.prompt, question.choices)
				: await askText(step, question, typed[key], (value) => (typed[key] = value));
		if (answer === back) {
			index--;
		} else {
			answers[key] = answer;
			index++;
		}
	}
}

async function askText(
	step: Step,
	question: Text,
	typed: string | undefined,
	onTyped: (value: string) => void,
): Promise<string | typeof back> {
	const { box, refuse } = createInput(question.prompt);
	box.placeholder = question.placeHolder;
	box.password = question.password ?? false;
	box.value = typed ?? question.value ?? '';
	const problem = () => {
		try {
			question.check?.(box.value);
			return undefined;
		} catch (thrown) {
			return toAppError(thrown).message;
		}
	};
	return show(box, step, (accept) => {
		box.onDidChangeValue((value) => {
			onTyped(value);
			refuse(problem());
		});
		box.onDidAccept(() => {
			const reason = problem();
			refuse(reason);
			if (reason === undefined) {
				accept(box.value);
			}
		});
	});
}

async function askChoice(step: Step, prompt: string, choices: readonly Choice[]): Promise<string | typeof back> {
	const { pick, present } = createPick<Choice>();
	present({ placeholder: prompt, items: choices });
	return show(pick, step, (accept) => {
		pick.onDidAccept(() => {
			const [chosen] = pick.selectedItems;
			if (chosen) {
				accept(chosen.value);
			}
		});
	});
}

/** Stays open without focus, because a webview that opens takes the focus. */
async function show(
	input: Input['box'] | Pick<Choice>['pick'],
	step: Step,
	onAccept: (accept: (value: string) => void) => void,
): Promise<string | typeof back> {
	Object.assign(input, step);
	input.ignoreFocusOut = true;
	input.buttons = step.step > 1 ? [vscode.QuickInputButtons.Back] : [];
	try {
		return await new Promise((resolve, reject) => {
			onAccept(resolve);
			input.onDidTriggerButton(() => resolve(back));
			input.onDidHide(() => reject(cancelled()));
			input.show();
		});
	} finally {
		input.dispose();
	}
}
