import * as vscode from 'vscode';

/** Plain form of a part of a message, as the provider of a model gets it. */
function plain(part) {
	if (part instanceof vscode.LanguageModelToolCallPart) {
		return { call: part.name, input: part.input };
	}
	if (part instanceof vscode.LanguageModelToolResultPart) {
		return { result: part.callId };
	}
	return part.value;
}

function waitFor(token) {
	return new Promise((resolve) => token.onCancellationRequested(resolve));
}

let cancelled = 0;

/** What each model does with a request. */
const models = {
	async echo({ messages, report }) {
		report(new vscode.LanguageModelTextPart('Heard: '));
		const heard = messages.map(({ role, content }) => [role, content.map(plain)]);
		report(new vscode.LanguageModelTextPart(JSON.stringify(heard)));
	},
	async failing({ report }) {
		report(new vscode.LanguageModelTextPart('Half of it'));
		// VS Code sends what was reported a moment later, and drops it when the model fails in the same moment.
		await new Promise((resolve) => setTimeout(resolve, 200));
		throw new Error('the engine stopped');
	},
	async blocked() {
		throw vscode.LanguageModelError.Blocked('quota used up');
	},
	async empty() {},
	async endless({ report, token }) {
		report(new vscode.LanguageModelTextPart('Working'));
		await waitFor(token);
		cancelled++;
	},
	async deaf({ report }) {
		report(new vscode.LanguageModelTextPart('Working'));
		await new Promise(() => undefined);
	},
	async thinking({ report }) {
		// Still a proposal: where the class is missing or refused, the model shows no thinking.
		try {
			report(new vscode.LanguageModelThinkingPart('Let me see.'));
		} catch {
			report(new vscode.LanguageModelTextPart('(no thinking) '));
		}
		report(new vscode.LanguageModelTextPart('Seen.'));
	},
	async calling({ messages, options, report }) {
		const results = messages
			.flatMap(({ content }) => content)
			.filter((part) => part instanceof vscode.LanguageModelToolResultPart);
		if (results.length === 0) {
			report(
				new vscode.LanguageModelToolCallPart('call-1', options.tools[0].name, {
					query: 'release',
					topic: 'x',
					limit: 5,
				}),
			);
		} else {
			report(new vscode.LanguageModelTextPart(`Got ${results.length} result of ${results[0].callId}.`));
		}
	},
};

export function activate(context) {
	const provider = {
		provideLanguageModelChatInformation: () =>
			Object.keys(models).map((id) => ({
				id,
				name: `Test ${id}`,
				family: 'test',
				version: '1',
				maxInputTokens: 10_000,
				maxOutputTokens: 1000,
				capabilities: { toolCalling: true },
			})),
		provideLanguageModelChatResponse: (model, messages, options, progress, token) =>
			models[model.id]({ messages, options, token, report: (part) => progress.report(part) }),
		provideTokenCount: async (_model, text) => String(text).length,
	};
	const shout = {
		async invoke({ input }) {
			if (typeof input.text !== 'string') {
				throw new Error('text is missing');
			}
			return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(input.text.toUpperCase())]);
		},
	};
	context.subscriptions.push(
		vscode.lm.registerTool('test_shout', shout),
		vscode.lm.registerLanguageModelChatProvider('test-models', provider),
		vscode.commands.registerCommand('testChatModels.cancelled', () => cancelled),
	);
}
