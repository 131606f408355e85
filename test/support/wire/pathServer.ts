/** A server that knows some addresses and answers all others with 404; the requests are recorded. */
export function serverWith(bodies: Record<string, unknown>) {
	const asked: { url: string; key: string | null }[] = [];
	const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
		const url = input instanceof Request ? input.url : String(input);
		asked.push({ url, key: new Headers(init?.headers).get('authorization') });
		const body = bodies[url];
		if (body instanceof Response) {
			return body.clone();
		}
		return body === undefined ? new Response('{}', { status: 404 }) : Response.json(body);
	};
	return { asked, fetch };
}
