/** The hosts of films: where to watch one, what to frame, and how its address names a moment. */
export const videoHosts = {
  youtube: {
    name: 'YouTube',
    watch: (id: string) => `https://www.youtube.com/watch?v=${id}`,
    embed: (id: string) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`,
    moment: '&start=',
  },
  vimeo: {
    name: 'Vimeo',
    watch: (id: string) => `https://vimeo.com/${id}`,
    embed: (id: string) => `https://player.vimeo.com/video/${id}?dnt=1&autoplay=1`,
    moment: '#t=',
  },
};
