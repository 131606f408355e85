/** Whether a text has the form of a model name, `provider/model`. Only the provider knows whether the model exists. */
export function isModelName(text: string): boolean {
	return /^[^/\s]+\/\S+$/.test(text);
}
