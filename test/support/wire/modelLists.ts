/**
 * Lists of models in the forms of the services, short and written by hand after their documentation (see
 * `providers/services.ts` and `providers/openAiListing.ts` for the addresses).
 */
export const modelLists = {
	openRouter: {
		data: [
			{
				id: 'google/gemini-2.5-pro',
				canonical_slug: 'google/gemini-2.5-pro',
				name: 'Google: Gemini 2.5 Pro',
				created: 1_750_169_544,
				context_length: 1_048_576,
				architecture: {
					modality: 'text+image->text',
					input_modalities: ['text', 'image'],
					output_modalities: ['text'],
				},
				pricing: {
					prompt: '0.00000125',
					completion: '0.00001',
					request: '0',
					image: '0.00516',
					input_cache_read: '0.00000031',
					input_cache_write: '0.000001625',
				},
				top_provider: { context_length: 1_048_576, max_completion_tokens: 65_536, is_moderated: false },
			},
			{
				id: 'openrouter/auto',
				name: 'Auto Router',
				created: 1_699_401_600,
				context_length: 2_000_000,
				architecture: { input_modalities: ['text'], output_modalities: ['text'] },
				pricing: { prompt: '-1', completion: '-1' },
			},
			{
				id: 'meta-llama/llama-3.3-70b-instruct:free',
				name: 'Meta: Llama 3.3 70B Instruct (free)',
				created: 1_733_506_137,
				context_length: 65_536,
				architecture: { input_modalities: ['text'], output_modalities: ['text'] },
				pricing: { prompt: '0', completion: '0', request: '0' },
			},
			{
				id: 'perplexity/sonar',
				name: 'Perplexity: Sonar',
				created: 1_738_013_808,
				context_length: 127_072,
				architecture: { input_modalities: ['text'], output_modalities: ['text'] },
				pricing: { prompt: '0.000001', completion: '0.000001', request: '0.005' },
			},
			{
				id: 'openai/text-embedding-3-small',
				name: 'OpenAI: Text Embedding 3 Small',
				created: 1_700_000_000,
				context_length: 8_192,
				architecture: { input_modalities: ['text'], output_modalities: ['embeddings'] },
				pricing: { prompt: '0.00000002', completion: '0' },
			},
		],
	},
	together: [
		{
			id: 'meta-llama/Llama-3.3-70B-Instruct-Turbo',
			object: 'model',
			created: 1_733_000_000,
			type: 'chat',
			display_name: 'Meta Llama 3.3 70B Instruct Turbo',
			context_length: 131_072,
			pricing: { hourly: 0, input: 0.88, output: 0.88, base: 0, finetune: 0 },
		},
		{
			id: 'mixedbread-ai/Mxbai-Rerank-Large-V2',
			object: 'model',
			created: 1_740_000_000,
			type: 'rerank',
			display_name: 'Mxbai Rerank Large V2',
			context_length: 32_768,
			pricing: { hourly: 0, input: 0.1, output: 0.1, base: 0, finetune: 0 },
		},
		{
			id: 'example/by-the-hour',
			object: 'model',
			created: 1_720_000_000,
			type: 'chat',
			display_name: 'By The Hour',
			context_length: 8_192,
			pricing: { hourly: 0, input: 0, output: 0, base: 0, finetune: 0 },
		},
	],
	mistral: {
		object: 'list',
		data: [
			{
				id: 'mistral-small-latest',
				object: 'model',
				created: 1_754_042_468,
				owned_by: 'mistralai',
				capabilities: { completion_chat: true, completion_fim: false, function_calling: true, vision: true },
				name: 'mistral-small-2603',
				max_context_length: 131_072,
				aliases: ['mistral-small'],
				type: 'base',
			},
			{
				id: 'mistral-embed',
				object: 'model',
				created: 1_754_042_468,
				owned_by: 'mistralai',
				capabilities: { completion_chat: false, completion_fim: false, function_calling: false, vision: false },
				name: 'mistral-embed',
				max_context_length: 8_192,
				type: 'base',
			},
		],
	},
	groq: {
		object: 'list',
		data: [
			{
				id: 'openai/gpt-oss-120b',
				object: 'model',
				created: 1_754_408_224,
				owned_by: 'OpenAI',
				active: true,
				context_window: 131_072,
				max_completion_tokens: 65_536,
			},
			{
				id: 'whisper-large-v3',
				object: 'model',
				created: 1_693_721_698,
				owned_by: 'OpenAI',
				context_window: 448,
			},
			{ id: 'meta-llama/llama-guard-4-12b', object: 'model', created: 1_746_743_847, context_window: 131_072 },
		],
	},
	fireworks: {
		object: 'list',
		data: [
			{
				id: 'accounts/fireworks/models/kimi-k2p6',
				object: 'model',
				owned_by: 'fireworks',
				created: 1_757_018_994,
				kind: 'HF_BASE_MODEL',
				supports_chat: true,
				supports_image_input: false,
				supports_tools: true,
				context_length: 262_144,
			},
			{
				id: 'accounts/fireworks/models/flux-1-dev-fp8',
				object: 'model',
				owned_by: 'fireworks',
				created: 1_729_532_889,
				kind: 'FLUMINA_BASE_MODEL',
				supports_chat: false,
			},
		],
	},
	gemini: {
		object: 'list',
		data: [
			{ id: 'models/gemini-2.5-flash', object: 'model', owned_by: 'google', display_name: 'Gemini 2.5 Flash' },
			{
				id: 'models/gemini-embedding-001',
				object: 'model',
				owned_by: 'google',
				display_name: 'Gemini Embedding',
			},
			{ id: 'models/imagen-4.0-generate-001', object: 'model', owned_by: 'google', display_name: 'Imagen 4' },
		],
	},
	azure: {
		object: 'list',
		data: [
			{
				id: 'gpt-4.1-nano-2025-04-14',
				object: 'model',
				status: 'succeeded',
				capabilities: { fine_tune: false, inference: true, chat_completion: true, embeddings: false },
			},
			{
				id: 'text-embedding-ada-002',
				object: 'model',
				status: 'succeeded',
				capabilities: { fine_tune: false, inference: true, chat_completion: false, embeddings: true },
			},
		],
	},
	deepSeek: {
		object: 'list',
		data: [{ id: 'deepseek-chat', object: 'model', owned_by: 'deepseek' }],
	},
	openAi: {
		object: 'list',
		data: [
			{ id: 'gpt-5.5', object: 'model', created: 1_770_000_000, owned_by: 'system' },
			{ id: 'gpt-realtime-2', object: 'model', created: 1_769_000_000, owned_by: 'system' },
			{ id: 'gpt-4o-mini-transcribe', object: 'model', created: 1_741_000_000, owned_by: 'system' },
			{ id: 'text-embedding-3-large', object: 'model', created: 1_705_000_000, owned_by: 'system' },
			{ id: 'dall-e-3', object: 'model', created: 1_698_000_000, owned_by: 'system' },
			{ id: 'tts-1-hd', object: 'model', created: 1_697_000_000, owned_by: 'system' },
		],
	},
	vllm: {
		object: 'list',
		data: [
			{
				id: 'Qwen/Qwen3-8B',
				object: 'model',
				created: 1_760_000_000,
				owned_by: 'vllm',
				root: 'Qwen/Qwen3-8B',
				parent: null,
				max_model_len: 40_960,
			},
		],
	},
	llamaCpp: {
		models: [{ name: 'qwen3-8b.gguf', model: 'qwen3-8b.gguf', capabilities: ['completion'] }],
		object: 'list',
		data: [
			{
				id: 'qwen3-8b.gguf',
				object: 'model',
				created: 1_760_000_000,
				owned_by: 'llamacpp',
				meta: { vocab_type: 2, n_vocab: 151_936, n_ctx_train: 40_960, n_embd: 4_096, n_params: 8_190_735_360 },
			},
		],
	},
	xai: {
		object: 'list',
		data: [
			{ id: 'grok-4', object: 'model', created: 1_752_019_200, owned_by: 'xai' },
			{ id: 'grok-2-image-1212', object: 'model', created: 1_736_726_400, owned_by: 'xai' },
		],
	},
	xaiDetails: {
		models: [
			{
				id: 'grok-4',
				created: 1_752_019_200,
				input_modalities: ['text', 'image'],
				output_modalities: ['text'],
				prompt_text_token_price: 30_000,
				cached_prompt_text_token_price: 7_500,
				completion_text_token_price: 150_000,
				long_context_threshold: 128_000,
			},
		],
	},
	ollama: {
		object: 'list',
		data: [
			{ id: 'qwen3:8b', object: 'model', created: 1_760_000_000, owned_by: 'library' },
			{ id: 'minilm:latest', object: 'model', created: 1_750_000_000, owned_by: 'library' },
		],
	},
	ollamaDetails: {
		models: [
			{
				name: 'qwen3:8b',
				model: 'qwen3:8b',
				size: 5_225_388_164,
				capabilities: ['completion', 'tools'],
				context_length: 40_960,
			},
			{
				name: 'minilm:latest',
				model: 'minilm:latest',
				size: 45_960_996,
				capabilities: ['embedding'],
				context_length: 512,
			},
		],
	},
	lmStudio: {
		object: 'list',
		data: [
			{ id: 'qwen2-vl-7b-instruct', object: 'model', owned_by: 'organization_owner' },
			{ id: 'nomic-v1.5', object: 'model', owned_by: 'organization_owner' },
		],
	},
	lmStudioDetails: {
		object: 'list',
		data: [
			{
				id: 'qwen2-vl-7b-instruct',
				object: 'model',
				type: 'vlm',
				state: 'loaded',
				max_context_length: 32_768,
				loaded_context_length: 8_192,
				capabilities: ['tool_use'],
			},
			{ id: 'nomic-v1.5', object: 'model', type: 'embeddings', state: 'not-loaded', max_context_length: 2_048 },
		],
	},
};
