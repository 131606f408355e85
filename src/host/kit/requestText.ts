import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { SentRequest } from '../../providers/provider.ts';
import type { Workshop } from '../../workshop/workshop.ts';

/** The exact requests of a message (`message:<id>`) or a test result (`test:<id>`), keys masked. */
export async function requestText(workshop: Workshop, key: string): Promise<string> {
	const [kind, id = ''] = key.split(':');
	const stored = await workshop.requests(kind === 'test' ? { testId: id } : { messageId: Number(id) });
	if (!stored) {
		throw new AppError(
			'not-found',
			l10n.t('The request is not stored: it was pruned, or promptWorkshop.keepFullResponses was 0'),
		);
	}
	return requestsText(stored.requests);
}

/** Requests as they were sent: request line, headers, and the body indented. */
export function requestsText(requests: readonly SentRequest[]): string {
	return requests
		.map(({ method, url, headers, body }, index) => {
			const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
			const title = l10n.t('Request {0} of {1}', index + 1, requests.length);
			return `### ${title}\n${method} ${url}\n${lines.join('\n')}\n\n${indented(body)}\n`;
		})
		.join('\n');
}

/** The body, indented if it is JSON. */
function indented(body: string): string {
	try {
		return JSON.stringify(JSON.parse(body), null, 2);
	} catch {
		return body;
	}
}
