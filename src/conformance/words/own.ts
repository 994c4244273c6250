import type { Layout } from '../../schema/internal.js';

/** What is found that the checker has no sentence for. */
export const OWN = {
  headMissing: ({ kind, ja }: Layout) => ({
    ja: `${kind}（${ja}）のファイルがありません。このパターンの送信単位を渡してください。`,
    en: `there is no file of kind ${kind} (${ja}). Give the transmissions of this pattern.`,
  }),
  planner: (isReceiver: boolean, types: readonly string[]) => ({
    ja: `${isReceiver ? '送信先' : '送信元'}が計画を作る事業所の種類（${types.join('、')}）ではありません。ファイル名の種類を直してください。`,
    en: `the ${isReceiver ? 'receiver' : 'sender'} is not of a type that plans here (${types.join(', ')}). Correct the type in the name.`,
  }),
  server: (isSender: boolean) => ({
    ja: `${isSender ? '送信元' : '送信先'}の種類が、連携の対象のサービス種類ではありません。ファイル名の種類を直してください。`,
    en: `the ${isSender ? 'sender' : 'receiver'} is not of a service type that is exchanged. Correct the type in the name.`,
  }),
  programs: (programs: readonly string[]) => ({
    ja: `この利用者には、このパターンのサービス（${programs.join('・')}）が一つもありません。サービスコードを確認してください。`,
    en: `this person has no service of this pattern (${programs.join(', ')}). Check the service codes.`,
  }),
  textsOnce: {
    ja: '課題や支援計画の文は、その最初の行にだけ書きます。この行では空にしてください。',
    en: 'texts of a need or a support plan stand on its first row only. Leave them empty here.',
  },
} as const;
