const english = /\b(?:the|and|of|to|with|for|you|that|is|are)\b/g;
const others =
	/\b(?:der|das|und|nicht|ist|mit|eine|les|des|est|pour|dans|los|las|para|una|con|che|della|não|uma|het|een|niet|och|att|jest|nie)\b/g;

/** Whether a text in lower case is mostly in another language than English, in whose words some rules look. */
export function looksForeign(lowerText: string): boolean {
	const sample = lowerText.slice(0, 5_000);
	const letters = sample.match(/\p{L}/gu)?.length ?? 0;
	const ascii = sample.match(/[a-z]/g)?.length ?? 0;
	return letters - ascii > letters / 5 || (sample.match(others)?.length ?? 0) > (sample.match(english)?.length ?? 0);
}
