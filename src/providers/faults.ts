import { AppError, type ErrorCode, type ErrorInfo } from '../common/errors.ts';
import { isRecord, recordAt, textAt } from './json.ts';
import { rawDetail, type Mask } from './mask.ts';

/** Who was asked, for messages. */
export interface Asked {
	id: string;
	label: string;
	model: string;
	origin: string;
	loopback: boolean;
	mask: Mask;
}

/** What a provider said about a failure, from an error body or an error event. */
export interface ProviderError {
	status?: number;
	/** `type` or `code` of the provider's error object. */
	kind: string;
	message: string;
	/** Milliseconds. */
	retryAfter?: number;
	/** What the server says about sending the request again, where it does. */
	shouldRetry?: boolean;
	raw: string;
}

/** Words of Anthropic, OpenAI, llama.cpp, xAI and Gemini. */
const tooLong =
	/context[ _-]?(length|window|size|limit)|prompt is too long|maximum (context|prompt length|number of tokens)|too many (input )?tokens/i;
const noQuota = /insufficient_quota|billing|credit|payment/i;
/** Anthropic says this with status 400. */
const noCredit = /credit balance is too low/i;
/** llama.cpp and vLLM, together with status 503. */
const loading = /loading model|model is (currently )?loading/i;
const overload = /overloaded|unavailable|capacity|server_is_overloaded|slow_down|insufficient_system_resource/i;

/** The provider's sentence, if it is one: short, and neither JSON nor markup. */
function sentence(text: string, mask: Mask): string {
	const line = mask(text).replace(/\s+/g, ' ').trim();
	return line !== '' && line.length <= 200 && !/[{}<>]/.test(line) ? ` It says: "${line.replace(/\.$/, '')}".` : '';
}

function isPage(raw: string): boolean {
	return /^\s*</.test(raw);
}

function wait(retryAfter: number | undefined): string {
	if (retryAfter === undefined) {
		return 'Try again in a minute';
	}
	const seconds = Math.max(1, Math.ceil(retryAfter / 1000));
	return seconds < 120 ? `Try again in ${seconds} s` : `Try again in ${Math.ceil(seconds / 60)} minutes`;
}

function stoppedBefore(label: string, number: string): string {
	return `A proxy or firewall before ${label} refused the request${number}. Check the proxy (http.proxy in the settings) and whether it lets you through.`;
}

function describe(asked: Asked, error: ProviderError): [code: ErrorCode, message: string, retryable: boolean] {
	const { label, model } = asked;
	const { status, kind } = error;
	const number = status === undefined ? '' : ` (${status})`;
	const says = sentence(error.message, asked.mask);
	const about = `${kind} ${error.message}`;
	if (status === 401 || kind === 'authentication_error' || kind === 'invalid_api_key') {
		const next = 'Replace the key: run "Prompt Workshop: Set API Key"';
		return ['auth', `${label} refused the key${number}. ${next}.`, false];
	}
	if (status === 402 || (status === 400 ? noCredit : noQuota).test(about)) {
		const next = 'Add credit to the account or choose another model';
		return [
			'rate-limit',
			`${label} says that the account has no credit left for ${model}${number}. ${next}.`,
			false,
		];
	}
	if (status === 407 || (status === 403 && isPage(error.raw))) {
		return ['network', stoppedBefore(label, number), false];
	}
	if (status === 403 || kind === 'permission_error') {
		const next = 'Choose another model or replace the key';
		return ['auth', `${label} does not let this key use ${model}${number}.${says} ${next}.`, false];
	}
	if (status === 404 || status === 405 || kind === 'not_found_error' || kind === 'model_not_found') {
		const next = `Choose another model, or check the base URL (${asked.origin})`;
		return ['not-found', `${label} does not know ${model}${number}. ${next}.`, false];
	}
	if (status === 413 || ((status === undefined || status === 400) && tooLong.test(about))) {
		const next = 'Shorten it, lower the number of articles, or choose a model with more room';
		return ['context-length', `The conversation is too long for ${model} of ${label}${number}. ${next}.`, false];
	}
	if (status === 429 || /rate_limit/.test(kind)) {
		return [
			'rate-limit',
			`${label} limits how often ${model} may be asked${number}. ${wait(error.retryAfter)}.`,
			true,
		];
	}
	if (status === 503 && loading.test(about)) {
		return ['overloaded', `${label} is still loading ${model}${number}. ${wait(error.retryAfter)}.`, true];
	}
	if (status === 529 || status === 503 || overload.test(kind)) {
		return ['overloaded', `${label} has too much to do for ${model}${number}. ${wait(error.retryAfter)}.`, true];
	}
	if (status === 408 || status === 409 || status === 502 || status === 504 || /timeout|network_error/.test(kind)) {
		return ['network', `${label} did not get an answer from ${model} in time${number}. Try again.`, true];
	}
	if ((status !== undefined && status >= 500) || kind === 'api_error' || kind === 'server_error') {
		return ['bad-response', `${label} failed while it ran ${model}${number}.${says} Try again.`, true];
	}
	if (status !== undefined && status >= 400) {
		const next = 'Change the request or choose another model';
		return ['bad-response', `${label} refused the request to ${model}${number}.${says} ${next}.`, false];
	}
	return [
		'bad-response',
		`${label} reported an error for ${model}.${says} Try again or choose another model.`,
		false,
	];
}

/** What stands behind a click: the provider's own kind and sentence, or the raw body where it has neither. */
function spoken(error: ProviderError): string {
	return error.message === error.raw || error.kind === '' ? error.message : `${error.kind}: ${error.message}`;
}

/** Turns what a provider said into the error that is shown. */
export function providerFault(asked: Asked, error: ProviderError, cause?: unknown): AppError {
	const [code, message, retryable] = describe(asked, error);
	const info: ErrorInfo = {
		retryable: error.shouldRetry ?? retryable,
		provider: asked.id,
		model: asked.model,
		detail: rawDetail(spoken(error), asked.mask),
	};
	if (error.status !== undefined) {
		info.status = error.status;
	}
	if (error.retryAfter !== undefined) {
		info.retryAfter = error.retryAfter;
	}
	return new AppError(code, message, { cause, info });
}

/** Whether a JSON document says that something failed. */
export function isErrorBody(body: unknown): boolean {
	const error = isRecord(body) ? body['error'] : undefined;
	const told = isRecord(error) || (typeof error === 'string' && error !== '');
	return told || textAt(body, 'type') === 'error' || textAt(body, 'message') !== '' || textAt(body, 'detail') !== '';
}

/** Reads `{error: {message, type, code}}`, `{message}`, `{error: 'text'}`, `{detail}` or plain text. */
export function readErrorBody(body: unknown, raw: string): ProviderError {
	// Gemini's compatible endpoint puts the error into a list.
	const [only] = Array.isArray(body) ? (body as unknown[]) : [body];
	const outer = isRecord(only) ? only : {};
	const inner = isRecord(outer['error']) ? recordAt(outer, 'error') : outer;
	const message =
		textAt(inner, 'message') ||
		textAt(outer, 'error') ||
		textAt(outer, 'message') ||
		textAt(outer, 'detail') ||
		raw;
	const code = inner['code'];
	const type = textAt(inner, 'type');
	const kind = typeof code === 'string' && code !== '' ? code : type;
	const error: ProviderError = { kind, message, raw };
	const status = typeof code === 'number' ? code : inner['status_code'];
	if (typeof status === 'number' && status >= 400 && status < 600) {
		error.status = status;
	}
	return error;
}

/** Milliseconds that the server asked to wait: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
	const milliseconds = Number.parseFloat(headers.get('retry-after-ms') ?? '');
	if (milliseconds >= 0) {
		return milliseconds;
	}
	const text = headers.get('retry-after');
	if (text === null || text.trim() === '') {
		return undefined;
	}
	const seconds = Number(text);
	const wanted = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text) - now;
	return Number.isNaN(wanted) ? undefined : Math.max(0, wanted);
}

function fault(asked: Asked, code: ErrorCode, message: string, detail: string, cause?: unknown): AppError {
	const info: ErrorInfo = { retryable: true, provider: asked.id, model: asked.model };
	if (detail !== '') {
		info.detail = rawDetail(detail, asked.mask);
	}
	return new AppError(code, message, { cause, info });
}

/** The body ended although the provider had not said that the answer is complete. */
export function truncatedFault(asked: Asked): AppError {
	const message = `The answer of ${asked.model} (${asked.label}) ended early: the end mark is missing. What arrived is kept. Send it again.`;
	return fault(asked, 'bad-response', message, '');
}

export function brokenEventFault(asked: Asked, data: string): AppError {
	const message = `The answer of ${asked.model} (${asked.label}) broke off inside an event, or a proxy changed it. What arrived is kept. Send it again.`;
	return fault(asked, 'bad-response', message, data);
}

/** The server sends more than any answer is. `what`: how that shows. */
export function tooLargeFault(asked: Asked, what: string): AppError {
	const message = `${asked.label} sent ${what} for ${asked.model} and was stopped. What arrived is kept. Try again or choose another model.`;
	return new AppError('bad-response', message, {
		info: { provider: asked.id, model: asked.model, retryable: false },
	});
}

/** The status was 200, but the body is a page or a document of another kind. */
export function notAStreamFault(asked: Asked, raw: string): AppError {
	const what = isPage(raw) ? 'a web page' : 'a plain document';
	const message = `${asked.label} at ${asked.origin} sent ${what} instead of an answer. Check the base URL and the proxy.`;
	const info = { provider: asked.id, model: asked.model, retryable: false, detail: rawDetail(raw, asked.mask) };
	return new AppError('bad-response', message, { info });
}

/** `idleMs`: how long nothing came; undefined where the network layer ended it. `awaited`: what had not come yet. */
export function idleFault(asked: Asked, idleMs: number | undefined, awaited: string): AppError {
	const time =
		idleMs === undefined
			? 'for so long that the network layer closed the connection,'
			: `for ${Math.round(idleMs / 100) / 10} s`;
	const next = asked.loopback ? 'See whether the local server still works' : 'Try again';
	const longer =
		idleMs === undefined ? '' : `, or allow a longer silence with "idleTimeout" of the provider in the settings`;
	const message = `${asked.label} sent nothing ${time} while ${awaited} of ${asked.model} was awaited. ${next}${longer}.`;
	return fault(asked, 'network', message, '');
}

/** Whether the network layer gave up because nothing came: the HTTP client of Node ends a silence after five minutes. */
export function isSilence(error: unknown): boolean {
	return /UND_ERR_(HEADERS|BODY)_TIMEOUT/.test(causes(error));
}

export function redirectFault(asked: Asked, status: number, location: string | null): AppError {
	const target = location === null ? undefined : URL.parse(location, asked.origin)?.origin;
	const where = target === undefined ? 'another address' : target;
	const message = `${asked.label} at ${asked.origin} sends requests on to ${where} (${status}). Nothing was sent there, neither key nor prompt. If you trust it, set it as the base URL.`;
	return new AppError('network', message, {
		info: { retryable: false, provider: asked.id, model: asked.model, status },
	});
}

function causes(error: unknown): string {
	const texts: string[] = [];
	for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
		const code = 'code' in at && typeof at.code === 'string' ? `${at.code} ` : '';
		texts.push(`${code}${at.message}`);
	}
	return texts.join(': ');
}

/** A fault of the connection, before the headers (`begun` false) or in the body. */
export function connectionFault(asked: Asked, error: unknown, begun: boolean): AppError {
	const { label, model, origin } = asked;
	const detail = causes(error);
	if (begun) {
		const message = `The connection to ${label} broke off during the answer of ${model}. What arrived is kept. Send it again.`;
		return fault(asked, 'network', message, detail, error);
	}
	// A proxy that opens no tunnel has its status in the words of the network layer only.
	if (/proxy response|tunnel/i.test(detail)) {
		const number = detail.includes('407') ? ' (407)' : '';
		const info = { provider: asked.id, model, retryable: false, detail: rawDetail(detail, asked.mask) };
		return new AppError('network', stoppedBefore(label, number), { cause: error, info });
	}
	let message = `${label} could not be reached at ${origin}. Check the network and the proxy, then try again.`;
	if (asked.loopback) {
		message = `No server answers at ${origin}. Start it, or correct the base URL of ${label}.`;
	} else if (/ENOTFOUND|EAI_AGAIN/.test(detail)) {
		message = `The host of ${label} (${origin}) was not found. Check the network and the base URL.`;
	} else if (/certificate|CERT_|SSL|self.signed/i.test(detail)) {
		message = `The certificate of ${origin} is not trusted, so nothing was sent to ${label}. Check the proxy's certificate.`;
	}
	return fault(asked, 'network', message, detail, error);
}
