/** Whether a text can be the id of a provider: the form that the setting `promptWorkshop.providers` asks for. */
export function isProviderId(text: string): boolean {
	return /^[a-z0-9][a-z0-9_-]*$/.test(text);
}
