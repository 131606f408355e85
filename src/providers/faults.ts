import * as l10n from '@vscode/l10n';
import { AppError, type ErrorCode, type ErrorInfo } from '../common/errors.ts';
import { isRecord, recordAt, textAt } from './json.ts';
import { parseUrl } from './parseUrl.ts';
import { rawDetail, type Mask } from './mask.ts';

/** The provider and model that a request was sent to, for messages. */
export interface RequestTarget {
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
	/** Whether the server says that the request should be sent again; absent if it does not say. */
	shouldRetry?: boolean;
	raw: string;
}

/** Wordings of Anthropic, OpenAI, llama.cpp, xAI and Gemini. */
const tooLong =
	/context[ _-]?(length|window|size|limit)|prompt is too long|maximum (context|prompt length|number of tokens)|too many (input )?tokens/i;
const noQuota = /insufficient_quota|billing|credit|payment/i;
/** Anthropic says this with status 400. */
const noCredit = /credit balance is too low/i;
/** From llama.cpp and vLLM, with status 503. */
const loading = /loading model|model is (currently )?loading/i;
const overload = /overloaded|unavailable|capacity|server_is_overloaded|slow_down|insufficient_system_resource/i;

/** The provider's message as a sentence, if it is short and neither JSON nor markup. */
function sentence(text: string, mask: Mask): string {
	const line = mask(text).replace(/\s+/g, ' ').trim();
	return line !== '' && line.length <= 200 && !/[{}<>]/.test(line)
		? ` ${l10n.t('It says: "{0}".', line.replace(/\.$/, ''))}`
		: '';
}

function isPage(raw: string): boolean {
	return /^\s*</.test(raw);
}

function wait(retryAfter: number | undefined): string {
	if (retryAfter === undefined) {
		return l10n.t('Try again in a minute');
	}
	const seconds = Math.max(1, Math.ceil(retryAfter / 1000));
	return seconds < 120
		? l10n.t('Try again in {0} s', seconds)
		: l10n.t('Try again in {0} minutes', Math.ceil(seconds / 60));
}

function stoppedBefore(label: string, number: string): string {
	return l10n.t(
		'A proxy or firewall in front of {0} refused the request{1}. Check the proxy (http.proxy in the settings) and whether it lets you through.',
		label,
		number,
	);
}

function describe(target: RequestTarget, error: ProviderError): [code: ErrorCode, message: string, retryable: boolean] {
	const { label, model } = target;
	const { status, kind } = error;
	const number = status === undefined ? '' : ` (${status})`;
	const says = sentence(error.message, target.mask);
	const about = `${kind} ${error.message}`;
	if (status === 401 || kind === 'authentication_error' || kind === 'invalid_api_key') {
		return [
			'auth',
			l10n.t('{0} refused the key{1}. Replace the key: run "Prompt Workshop: Set API Key".', label, number),
			false,
		];
	}
	if (status === 402 || (status === 400 ? noCredit : noQuota).test(about)) {
		return [
			'rate-limit',
			l10n.t(
				'{0} says that the account has no credit left for {1}{2}. Add credit to the account or choose another model.',
				label,
				model,
				number,
			),
			false,
		];
	}
	if (status === 407 || (status === 403 && isPage(error.raw))) {
		return ['network', stoppedBefore(label, number), false];
	}
	if (status === 403 || kind === 'permission_error') {
		return [
			'auth',
			l10n.t(
				'{0} does not let this key use {1}{2}.{3} Choose another model or replace the key.',
				label,
				model,
				number,
				says,
			),
			false,
		];
	}
	if (status === 404 || status === 405 || kind === 'not_found_error' || kind === 'model_not_found') {
		return [
			'not-found',
			l10n.t(
				'{0} does not know {1}{2}. Choose another model, or check the base URL ({3}).',
				label,
				model,
				number,
				target.origin,
			),
			false,
		];
	}
	if (status === 413 || ((status === undefined || status === 400) && tooLong.test(about))) {
		return [
			'context-length',
			l10n.t(
				'The conversation is too long for {0} of {1}{2}. Shorten it, lower the number of articles, or choose a model with a larger context.',
				model,
				label,
				number,
			),
			false,
		];
	}
	if (status === 429 || /rate_limit/.test(kind)) {
		return [
			'rate-limit',
			l10n.t('{0} limits how often you can use {1}{2}. {3}.', label, model, number, wait(error.retryAfter)),
			true,
		];
	}
	if (status === 503 && loading.test(about)) {
		return [
			'overloaded',
			l10n.t('{0} is still loading {1}{2}. {3}.', label, model, number, wait(error.retryAfter)),
			true,
		];
	}
	if (status === 529 || status === 503 || overload.test(kind)) {
		return [
			'overloaded',
			l10n.t('{0} is too busy to run {1}{2}. {3}.', label, model, number, wait(error.retryAfter)),
			true,
		];
	}
	if (status === 408 || status === 409 || status === 502 || status === 504 || /timeout|network_error/.test(kind)) {
		return [
			'network',
			l10n.t('{0} did not get an answer from {1} in time{2}. Try again.', label, model, number),
			true,
		];
	}
	if ((status !== undefined && status >= 500) || kind === 'api_error' || kind === 'server_error') {
		return [
			'bad-response',
			l10n.t('{0} failed while running {1}{2}.{3} Try again.', label, model, number, says),
			true,
		];
	}
	if (status !== undefined && status >= 400) {
		return [
			'bad-response',
			l10n.t(
				'{0} refused the request to {1}{2}.{3} Change the request or choose another model.',
				label,
				model,
				number,
				says,
			),
			false,
		];
	}
	return [
		'bad-response',
		l10n.t('{0} reported an error for {1}.{2} Try again or choose another model.', label, model, says),
		false,
	];
}

/** The detail that is shown on demand: the provider's own error kind and message, or the raw body if it has neither. */
function detailOf(error: ProviderError): string {
	return error.message === error.raw || error.kind === '' ? error.message : `${error.kind}: ${error.message}`;
}

/** Turns a provider's error into the one that is shown. */
export function providerFault(target: RequestTarget, error: ProviderError, cause?: unknown): AppError {
	const [code, message, retryable] = describe(target, error);
	const info: ErrorInfo = {
		retryable: error.shouldRetry ?? retryable,
		provider: target.id,
		model: target.model,
		detail: rawDetail(detailOf(error), target.mask),
	};
	if (error.status !== undefined) {
		info.status = error.status;
	}
	if (error.retryAfter !== undefined) {
		info.retryAfter = error.retryAfter;
	}
	return new AppError(code, message, { cause, info });
}

/** Whether a JSON document reports a failure. */
export function isErrorBody(body: unknown): boolean {
	const error = isRecord(body) ? body['error'] : undefined;
	const hasError = isRecord(error) || (typeof error === 'string' && error !== '');
	return (
		hasError || textAt(body, 'type') === 'error' || textAt(body, 'message') !== '' || textAt(body, 'detail') !== ''
	);
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

function fault(target: RequestTarget, code: ErrorCode, message: string, detail: string, cause?: unknown): AppError {
	const info: ErrorInfo = { retryable: true, provider: target.id, model: target.model };
	if (detail !== '') {
		info.detail = rawDetail(detail, target.mask);
	}
	return new AppError(code, message, { cause, info });
}

/** The body ended before the provider had marked the answer as complete. */
export function truncatedFault(target: RequestTarget): AppError {
	const message = l10n.t(
		'The answer of {0} ({1}) ended early: the end mark is missing. The partial answer is kept. Try again.',
		target.model,
		target.label,
	);
	return fault(target, 'bad-response', message, '');
}

export function brokenEventFault(target: RequestTarget, data: string): AppError {
	const message = l10n.t(
		'The answer of {0} ({1}) was cut off inside an event, or a proxy changed it. The partial answer is kept. Try again.',
		target.model,
		target.label,
	);
	return fault(target, 'bad-response', message, data);
}

/** The server sends more than any answer could have. `what`: what it sends. */
export function tooLargeFault(target: RequestTarget, what: string): AppError {
	const message = l10n.t(
		'{0} sent {1} for {2} and was stopped. The partial answer is kept. Try again or choose another model.',
		target.label,
		what,
		target.model,
	);
	return new AppError('bad-response', message, {
		info: { provider: target.id, model: target.model, retryable: false },
	});
}

/** The status was 200, but the body is a page or a document of another kind. */
export function notAStreamFault(target: RequestTarget, raw: string): AppError {
	const { label, origin } = target;
	const message = isPage(raw)
		? l10n.t('{0} at {1} sent a web page instead of an answer. Check the base URL and proxy.', label, origin)
		: l10n.t('{0} at {1} sent a plain document instead of an answer. Check the base URL and proxy.', label, origin);
	const info = { provider: target.id, model: target.model, retryable: false, detail: rawDetail(raw, target.mask) };
	return new AppError('bad-response', message, { info });
}

/** `idleMs`: how long nothing arrived; undefined if the network layer gave up. `awaited`: what had not arrived yet. */
export function idleFault(target: RequestTarget, idleMs: number | undefined, awaited: string): AppError {
	const next = target.loopback ? l10n.t('Check that the local server still works') : l10n.t('Try again');
	const message =
		idleMs === undefined
			? l10n.t(
					'{0} sent nothing for so long that the network layer closed the connection, before {1} of {2} arrived. {3}.',
					target.label,
					awaited,
					target.model,
					next,
				)
			: l10n.t(
					'{0} sent nothing for {1} s, before {2} of {3} arrived. {4}, or allow a longer silence with "idleTimeout" of the provider in the settings.',
					target.label,
					Math.round(idleMs / 100) / 10,
					awaited,
					target.model,
					next,
				);
	return fault(target, 'network', message, '');
}

/** Whether the network layer gave up because nothing arrived: Node's HTTP client does so after five minutes of silence. */
export function isSilence(error: unknown): boolean {
	return /UND_ERR_(HEADERS|BODY)_TIMEOUT/.test(causes(error));
}

export function redirectFault(target: RequestTarget, status: number, location: string | null): AppError {
	const destination = location === null ? undefined : parseUrl(location, target.origin)?.origin;
	const message = l10n.t(
		'{0} at {1} redirects requests to {2} ({3}). Nothing was sent there, neither key nor prompt. If you trust it, set it as the base URL.',
		target.label,
		target.origin,
		destination ?? l10n.t('another address'),
		status,
	);
	return new AppError('network', message, {
		info: { retryable: false, provider: target.id, model: target.model, status },
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
export function connectionFault(target: RequestTarget, error: unknown, begun: boolean): AppError {
	const { label, model } = target;
	const detail = causes(error);
	if (begun) {
		const message = l10n.t(
			'The connection to {0} was lost during the answer of {1}. The partial answer is kept. Try again.',
			label,
			model,
		);
		return fault(target, 'network', message, detail, error);
	}
	// If a proxy refuses a tunnel, its status is only in the message of the network layer.
	if (/proxy response|tunnel/i.test(detail)) {
		const number = detail.includes('407') ? ' (407)' : '';
		const info = { provider: target.id, model, retryable: false, detail: rawDetail(detail, target.mask) };
		return new AppError('network', stoppedBefore(label, number), { cause: error, info });
	}
	return fault(target, 'network', unreachable(target, detail), detail, error);
}

function unreachable({ label, origin, loopback }: RequestTarget, detail: string): string {
	if (loopback) {
		return l10n.t('No server answers at {0}. Start it, or correct the base URL of {1}.', origin, label);
	}
	if (/ENOTFOUND|EAI_AGAIN/.test(detail)) {
		return l10n.t('The host of {0} ({1}) was not found. Check the network and the base URL.', label, origin);
	}
	if (/certificate|CERT_|SSL|self.signed/i.test(detail)) {
		return l10n.t(
			'The certificate of {0} is not trusted, so nothing was sent to {1}. Check the proxy’s certificate.',
			origin,
			label,
		);
	}
	return l10n.t('{0} could not be reached at {1}. Check the network and the proxy, then try again.', label, origin);
}
