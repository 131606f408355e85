/** Whether a text is written as a model is: `provider/model`. Whether there is such a model, the provider knows. */
export function isModelName(text: string): boolean {
	return /^[^/\s]+\/\S+$/.test(text);
}
