/** Who makes a model, as far as its vendor's advice on prompts is checked. */
export type Vendor = 'anthropic' | 'openai' | 'google';

/**
 * The vendor of a model `provider/model`. A service such as OpenRouter or a cloud offers models of many vendors, so the
 * model's own name decides.
 */
export function vendorOf(model: string | undefined): Vendor | undefined {
	const name = model?.slice(model.indexOf('/') + 1).toLowerCase() ?? '';
	if (/(?:^|[^a-z])claude/.test(name)) {
		return 'anthropic';
	}
	if (/(?:^|[^a-z])gemini/.test(name)) {
		return 'google';
	}
	return /(?:^|[^a-z])(?:gpt-\d|o[1-9](?:-|$)|codex)/.test(name) && !name.includes('gpt-oss') ? 'openai' : undefined;
}
