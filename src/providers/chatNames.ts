/**
 * Names of models that answer no chat, where a list does not say what a model is for. Each is a name, or a part of names,
 * in the documentation of its maker.
 */
const otherPurposes: readonly RegExp[] = [
	// OpenAI: https://platform.openai.com/docs/models. Realtime and audio models need other APIs, the last three only complete text.
	/^(text-embedding|text-moderation|omni-moderation|whisper|tts|dall-e|gpt-image|chatgpt-image|gpt-realtime|gpt-audio|sora)(-|$)/,
	/-(transcribe|tts|realtime|audio)(-|$)/,
	/^(babbage-002|davinci-002|gpt-3\.5-turbo-instruct)/,
	// Google: https://ai.google.dev/gemini-api/docs/models
	/^(gemini-embedding|embedding|imagen|veo|lyria|aqa)(-|$)/,
	/^gemini-.*-(image|live|native-audio)(-|$)/,
	// Groq and xAI: https://console.groq.com/docs/models, https://docs.x.ai/docs/models
	/^(playai-tts|orpheus|distil-whisper|grok-imagine|grok-\d+-image)(-|$)/,
	// Mistral: https://docs.mistral.ai/getting-started/models
	/^(mistral-embed|codestral-embed|mistral-moderation|mistral-ocr)(-|$)/,
	// Open models: embedding and reranking families, guards, image and speech models.
	/embed|rerank|(^|-)(llama|prompt|shield|qwen\d*)-?guard|^shieldgemma/,
	/^(bge|e5|gte|all-minilm|snowflake-arctic|jina-clip|colbert)(-|$)/,
	/^(flux|stable-diffusion|sdxl|sd3|kokoro|parakeet|cartesia)(\b|_)/,
];

/** Whether a model's documented name says that it is not for chats. `name` may have a path before it: `openai/whisper-1`. */
export function isOtherPurpose(name: string): boolean {
	const last = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
	return otherPurposes.some((pattern) => pattern.test(last));
}
