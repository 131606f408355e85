import { callArguments, deltas, holdAt, sse, type WireAnswer, type WirePiece } from './sseText.ts';

/** The body of an answer in Anthropic's Messages API. */
export function anthropicScript(answer: WireAnswer, model = ''): WirePiece[] {
	const pieces: WirePiece[] = [];
	const send = (data: { type: string } & Record<string, unknown>) => pieces.push(sse(data, data.type));
	const { input = 10, cached = 0, output = 5, thinking } = answer.usage ?? {};
	send({
		type: 'message_start',
		message: {
			id: 'msg_wire',
			type: 'message',
			role: 'assistant',
			model,
			content: [],
			stop_reason: null,
			usage: {
				input_tokens: input,
				cache_read_input_tokens: cached,
				cache_creation_input_tokens: 0,
				output_tokens: 1,
			},
		},
	});
	send({ type: 'ping' });
	pieces.push(...holdAt(answer, 'start'));
	let index = 0;
	if (answer.thinking !== undefined || answer.signature !== undefined) {
		send({ type: 'content_block_start', index, content_block: { type: 'thinking', thinking: '', signature: '' } });
		for (const text of deltas(answer.thinking)) {
			send({ type: 'content_block_delta', index, delta: { type: 'thinking_delta', thinking: text } });
		}
		pieces.push(...holdAt(answer, 'thinking'));
		const signature = answer.signature ?? 'c2lnbmF0dXJl';
		send({ type: 'content_block_delta', index, delta: { type: 'signature_delta', signature } });
		send({ type: 'content_block_stop', index });
		index++;
	}
	if (answer.text !== undefined) {
		send({ type: 'content_block_start', index, content_block: { type: 'text', text: '' } });
		for (const text of deltas(answer.text)) {
			send({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } });
		}
		pieces.push(...holdAt(answer, 'text'));
		send({ type: 'content_block_stop', index });
		index++;
	}
	for (const call of answer.toolCalls ?? []) {
		const id = call.id ?? `toolu_${index}`;
		send({
			type: 'content_block_start',
			index,
			content_block: { type: 'tool_use', id, name: call.name, input: {} },
		});
		const text = callArguments(call);
		const middle = Math.floor(text.length / 2);
		const grow = (partial_json: string) =>
			send({ type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json } });
		grow('');
		grow(text.slice(0, middle));
		pieces.push(...holdAt(answer, 'arguments'));
		grow(text.slice(middle));
		send({ type: 'content_block_stop', index });
		index++;
	}
	if (answer.error !== undefined) {
		send({ type: 'error', error: answer.error });
	} else if (answer.truncated !== true) {
		const stop = answer.stop ?? ((answer.toolCalls ?? []).length > 0 ? 'tool_use' : 'end_turn');
		const details = thinking === undefined ? {} : { output_tokens_details: { thinking_tokens: thinking } };
		send({
			type: 'message_delta',
			delta: { stop_reason: stop, stop_sequence: null },
			usage: { output_tokens: output, ...details },
		});
		send({ type: 'message_stop' });
	}
	return pieces;
}

/** The body of an answer in Chat Completions. `reasoningField` says where the thinking stands. */
export function chatScript(answer: WireAnswer, model = '', reasoningField = 'reasoning_content'): WirePiece[] {
	const pieces: WirePiece[] = [];
	const base = { id: 'chatcmpl-wire', object: 'chat.completion.chunk', created: 1_700_000_000, model };
	const send = (delta: Record<string, unknown>, finish_reason: string | null = null) =>
		pieces.push(sse({ ...base, choices: [{ index: 0, delta, finish_reason }] }));
	send({ role: 'assistant', content: '' });
	pieces.push(...holdAt(answer, 'start'));
	for (const text of deltas(answer.thinking)) {
		send({ [reasoningField]: text });
	}
	pieces.push(...holdAt(answer, 'thinking'));
	for (const text of deltas(answer.text)) {
		send({ content: text });
	}
	pieces.push(...holdAt(answer, 'text'));
	for (const [index, call] of (answer.toolCalls ?? []).entries()) {
		const id = call.id ?? `call_${index}`;
		send({ tool_calls: [{ index, id, type: 'function', function: { name: call.name, arguments: '' } }] });
		const text = callArguments(call);
		const middle = Math.floor(text.length / 2);
		send({ tool_calls: [{ index, function: { arguments: text.slice(0, middle) } }] });
		pieces.push(...holdAt(answer, 'arguments'));
		send({ tool_calls: [{ index, function: { arguments: text.slice(middle) } }] });
	}
	if (answer.error !== undefined) {
		pieces.push(
			sse({ error: { message: answer.error.message, type: answer.error.type, code: answer.error.type } }),
		);
	} else if (answer.truncated !== true) {
		send({}, answer.stop ?? ((answer.toolCalls ?? []).length > 0 ? 'tool_calls' : 'stop'));
		const { input = 10, output = 5, cached = 0, thinking } = answer.usage ?? {};
		const usage = {
			prompt_tokens: input,
			completion_tokens: output,
			total_tokens: input + output,
			prompt_tokens_details: { cached_tokens: cached },
			...(thinking === undefined ? {} : { completion_tokens_details: { reasoning_tokens: thinking } }),
		};
		pieces.push(sse({ ...base, choices: [], usage }), sse('[DONE]'));
	}
	return pieces;
}

/** The body of an answer in OpenAI's Responses API. */
export function responsesScript(answer: WireAnswer, model = ''): WirePiece[] {
	const pieces: WirePiece[] = [];
	let sequence_number = 0;
	const send = (type: string, data: Record<string, unknown>) =>
		pieces.push(sse({ type, sequence_number: sequence_number++, ...data }, type));
	const response = {
		id: 'resp_wire',
		object: 'response',
		created_at: 1_700_000_000,
		model,
		error: null,
		incomplete_details: null,
	};
	const output: unknown[] = [];
	const item = (id: string, start: Record<string, unknown>, between: () => void, end: Record<string, unknown>) => {
		const output_index = output.length;
		send('response.output_item.added', { output_index, item: { id, ...start } });
		between();
		output.push({ id, ...start, ...end });
		send('response.output_item.done', { output_index, item: output[output_index] });
	};
	send('response.created', { response: { ...response, status: 'in_progress', output: [] } });
	send('response.in_progress', { response: { ...response, status: 'in_progress', output: [] } });
	pieces.push(...holdAt(answer, 'start'));
	if (answer.thinking !== undefined || answer.signature !== undefined) {
		const text = deltas(answer.thinking).join('');
		item(
			'rs_wire',
			{ type: 'reasoning', summary: [] },
			() => {
				for (const delta of deltas(answer.thinking)) {
					send('response.reasoning_summary_text.delta', {
						item_id: 'rs_wire',
						output_index: 0,
						summary_index: 0,
						delta,
					});
				}
				pieces.push(...holdAt(answer, 'thinking'));
			},
			{
				encrypted_content: answer.signature ?? 'ZW5jcnlwdGVk',
				summary: text === '' ? [] : [{ type: 'summary_text', text }],
			},
		);
	}
	if (answer.text !== undefined) {
		const output_index = output.length;
		item(
			'msg_wire',
			{ type: 'message', role: 'assistant', status: 'in_progress', content: [] },
			() => {
				for (const delta of deltas(answer.text)) {
					send('response.output_text.delta', {
						item_id: 'msg_wire',
						output_index,
						content_index: 0,
						delta,
						logprobs: [],
					});
				}
				pieces.push(...holdAt(answer, 'text'));
			},
			{
				status: 'completed',
				content: [{ type: 'output_text', text: deltas(answer.text).join(''), annotations: [] }],
			},
		);
	}
	for (const [index, call] of (answer.toolCalls ?? []).entries()) {
		const output_index = output.length;
		const text = callArguments(call);
		item(
			`fc_${index}`,
			{
				type: 'function_call',
				call_id: call.id ?? `call_${index}`,
				name: call.name,
				arguments: '',
				status: 'in_progress',
			},
			() => {
				const middle = Math.floor(text.length / 2);
				for (const [delta, hold] of [
					[text.slice(0, middle), holdAt(answer, 'arguments')],
					[text.slice(middle), []],
				] as const) {
					send('response.function_call_arguments.delta', { item_id: `fc_${index}`, output_index, delta });
					pieces.push(...hold);
				}
				send('response.function_call_arguments.done', {
					item_id: `fc_${index}`,
					output_index,
					arguments: text,
				});
			},
			{ arguments: text, status: 'completed' },
		);
	}
	if (answer.error !== undefined) {
		const { type: code, message } = answer.error;
		send('error', { error: { type: code, code, message, param: null } });
		send('response.failed', { response: { ...response, status: 'failed', error: { code, message } } });
	} else if (answer.truncated !== true) {
		const { input = 10, output: out = 5, cached = 0, thinking = 0 } = answer.usage ?? {};
		const usage = {
			input_tokens: input,
			input_tokens_details: { cached_tokens: cached },
			output_tokens: out,
			output_tokens_details: { reasoning_tokens: thinking },
			total_tokens: input + out,
		};
		const incomplete = answer.stop !== undefined;
		send(incomplete ? 'response.incomplete' : 'response.completed', {
			response: {
				...response,
				status: incomplete ? 'incomplete' : 'completed',
				incomplete_details: incomplete ? { reason: answer.stop } : null,
				output,
				usage,
			},
		});
	}
	return pieces;
}
