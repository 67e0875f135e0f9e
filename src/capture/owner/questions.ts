export * from '#capture/comments/questions.ts';
