export * from '#capture/comments/moderation.ts';
