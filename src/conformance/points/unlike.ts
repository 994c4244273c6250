/** What `decodeDocuments` tells of rows that are put together and do not agree. */
export const UNLIKE = ['document.differs', 'document.emptyRow', 'document.mixedRow'] as const;
