import * as vscode from 'vscode';
import { endOnce } from '../../common/endOnce.ts';
import { AppError } from '../../common/errors.ts';
import type { ModelInfo, ModelPart, ModelProvider, ModelRequest, ProviderConfig } from '../../providers/provider.ts';
import { schemaInstruction } from '../../providers/structured.ts';
import { unlessAborted } from '../../providers/unlessAborted.ts';
import { thinkingOf, toEditorMessages } from './editorMessages.ts';

/**
 * The models that the editor offers to extensions (`vscode.lm`). They accept no system message, so the system prompt is
 * the first user message. The stable API reports neither thinking nor usage nor a stop reason.
 */
export function createEditorProvider(config: ProviderConfig): ModelProvider {
	return {
		id: config.id,
		kind: config.kind,
		stream: (request) => endOnce(() => stream(config.id, request), request.signal),
		listModels: () => listModels(config.id),
	};
}

async function listModels(id: string): Promise<ModelInfo[]> {
	const models = await vscode.lm.selectChatModels();
	return models.map((model) => ({
		id: `${id}/${model.vendor}/${model.id}`,
		name: model.name,
		detail: vscode.l10n.t('from the editor: no system message, thinking may be hidden'),
		contextTokens: model.maxInputTokens,
	}));
}

async function findModel(id: string, name: string): Promise<vscode.LanguageModelChat> {
	const slash = name.indexOf('/');
	const [model] = await vscode.lm.selectChatModels({ vendor: name.slice(0, slash), id: name.slice(slash + 1) });
	if (model === undefined) {
		const message = vscode.l10n.t(
			'The editor offers no model "{0}". Sign in to the extension that provides it, or choose another model.',
			name,
		);
		throw new AppError('not-found', message, { info: { provider: id, model: name } });
	}
	return model;
}

async function* stream(id: string, request: ModelRequest): AsyncGenerator<ModelPart> {
	const { signal } = request;
	const source = new vscode.CancellationTokenSource();
	const cancel = () => source.cancel();
	signal.addEventListener('abort', cancel, { once: true });
	try {
		yield* answer(id, request, source.token);
	} catch (error) {
		throw toFault(id, request.model, error);
	} finally {
		signal.removeEventListener('abort', cancel);
		source.cancel();
		source.dispose();
	}
}

async function* answer(id: string, request: ModelRequest, token: vscode.CancellationToken): AsyncGenerator<ModelPart> {
	const { signal, responseSchema, tools = [] } = request;
	const model = await findModel(id, request.model);
	const instruction = responseSchema === undefined ? '' : schemaInstruction(responseSchema.schema);
	const system = [request.system, instruction].filter((text) => text !== '').join('\n\n');
	yield {
		type: 'request',
		request: {
			method: 'EDITOR',
			url: `vscode-lm:${request.model}`,
			headers: {},
			body: JSON.stringify({ system, messages: request.messages, tools }),
		},
	};
	const options: vscode.LanguageModelChatRequestOptions = {
		justification: vscode.l10n.t('Prompt Workshop runs the prompt that you are working on.'),
		tools: tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
	};
	const response = await model.sendRequest(toEditorMessages(system, request.messages), options, token);
	let block = 0;
	let last = '';
	let calls = 0;
	for await (const part of until(signal, response.stream)) {
		if (part instanceof vscode.LanguageModelToolCallPart) {
			calls++;
			last = '';
			yield { type: 'tool-call', id: part.callId, name: part.name, input: part.input };
			continue;
		}
		const type = part instanceof vscode.LanguageModelTextPart ? 'text' : 'thinking';
		const text = part instanceof vscode.LanguageModelTextPart ? part.value : thinkingOf(part);
		if (text === '') {
			continue;
		}
		if (type !== last) {
			block++;
			last = type;
		}
		yield { type, id: `${type}-${block}`, text };
	}
	if (block === 0 && calls === 0) {
		throw new AppError(
			'bad-response',
			vscode.l10n.t('{0} returned an empty answer. Try again or choose another model.', request.model),
			{
				info: { retryable: true },
			},
		);
	}
	yield { type: 'done', stopReason: calls > 0 ? 'tools' : 'unknown' };
}

/** Reads a stream to its end. Throws on abort even if the model's extension ignores the cancellation. */
async function* until<T>(signal: AbortSignal, stream: AsyncIterable<T>): AsyncGenerator<T> {
	const parts = stream[Symbol.asyncIterator]();
	for (;;) {
		const next = await unlessAborted(signal, parts.next());
		if (next.done === true) {
			return;
		}
		yield next.value;
	}
}

function toFault(id: string, model: string, error: unknown): AppError {
	if (error instanceof AppError) {
		return error;
	}
	const detail = error instanceof Error ? error.message.slice(0, 300) : '';
	const info = { provider: id, model, detail };
	if (error instanceof vscode.LanguageModelError) {
		switch (error.code) {
			case vscode.LanguageModelError.NoPermissions.name:
				return new AppError(
					'auth',
					vscode.l10n.t(
						'VS Code was not allowed to use {0} for Prompt Workshop. Run it again and choose Allow.',
						model,
					),
					{
						cause: error,
						info,
					},
				);
			case vscode.LanguageModelError.Blocked.name:
				return new AppError(
					'rate-limit',
					vscode.l10n.t(
						'{0} is blocked: the quota is used up or the request was filtered. Wait, or choose another model.',
						model,
					),
					{
						cause: error,
						info,
					},
				);
			case vscode.LanguageModelError.NotFound.name:
				return new AppError(
					'not-found',
					vscode.l10n.t('The editor no longer offers {0}. Choose another model.', model),
					{
						cause: error,
						info,
					},
				);
		}
	}
	return new AppError(
		'bad-response',
		vscode.l10n.t('The editor’s model {0} failed. Try again or choose another model.', model),
		{
			cause: error,
			info: { ...info, retryable: true },
		},
	);
}
