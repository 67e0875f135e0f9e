import type { Colours } from '#site/palette.ts';
import { html, verbatim, type Html } from './html.ts';
import { postalAddress, type Block, type MailContext, type Letter } from './letter.ts';

const read = "Georgia,'Times New Roman',serif";
const type = "'Courier New',Courier,monospace";

/**
 * The letter as a page of one column that needs no picture and no style sheet: styles stand on their elements, and the
 * sheet only turns the colours where the reader's mail program is dark. What is for Outlook on Windows alone, which
 * knows neither a greatest width nor padding, is in its comments.
 */
export function asHtml(letter: Letter, { site, base }: MailContext): string {
  // Written out: mail programs know no custom properties.
  const { light, dark } = site.palette;
  return html`<!doctype html>
    <html lang="${site.language}" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
        <title>${letter.subject}</title>
        <style>
          ${verbatim(sheetOf(dark))}
        </style>
      </head>
      <body class="desk" style="margin:0;padding:0;background-color:${light.desk}">
        <div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${letter.preview}${verbatim(padding)}</div>
        <div
          class="desk ink"
          lang="${site.language}"
          dir="ltr"
          style="background-color:${light.desk};color:${light.ink};font-family:${read};font-size:16px;line-height:1.55"
        >
          ${verbatim('<!--[if mso]><table role="presentation" width="600" align="center"><tr><td><![endif]-->')}
          <div style="max-width:600px;margin:0 auto;padding:24px 12px 32px">
            <p style="margin:0 0 20px;padding:0 4px;font-size:20px;line-height:1.3;font-weight:bold">
              <a class="ink" href="${base.href}" style="color:${light.ink};text-decoration:none">${site.title}</a>
            </p>
            <div
              class="folder typed"
              style="display:inline-block;padding:9px 18px 7px;background-color:${light.folder};color:${light.typed};border-radius:8px 8px 0 0;font-family:${type};font-size:16px;line-height:1.3;vertical-align:bottom"
            >
              ${letter.label}
            </div>
            <div class="folder" style="padding:8px;background-color:${light.folder};border-radius:0 8px 8px 8px">
              <div class="paper" style="padding:28px 24px 12px;background-color:${light.paper};border-radius:4px">
                <h1 style="margin:0 0 16px;font-size:28px;line-height:1.2;font-weight:bold">${letter.heading}</h1>
                ${letter.blocks.map((block) => written(block, light))}
              </div>
            </div>
            <div class="pencil" style="padding:20px 4px 0;color:${light.pencil}">
              ${letter.why.map((block) => small(block, light))}
              <p style="margin:16px 0 0">
                ${site.owner.name === site.title ? '' : html`${site.owner.name}<br />`}${postalAddress(letter, site).map((line) => html`${line}<br />`)}${linked(base.host, base.href, 'pencil', light)}
              </p>
            </div>
          </div>
          ${verbatim('<!--[if mso]></td></tr></table><![endif]-->')}
        </div>
      </body>
    </html> `.markup;
}

function written(block: Block, light: Colours): Html {
  switch (block.kind) {
    case 'text':
      return html`<p style="margin:0 0 16px">${block.text}</p> `;
    case 'facts':
      return typed(block.facts, '0 0 16px', light);
    case 'button':
      return button(block.text, block.url, light);
    case 'link':
      return html`<p style="margin:0 0 16px">${block.before} ${linked(block.text, block.url, 'ink', light)}</p> `;
    case 'entry':
      return html`<div
        class="pencil-edge"
        style="margin:0 0 24px;padding:20px 0 0;border-top:1px solid ${light.pencil}"
      >
        <h2 style="margin:0 0 4px;font-size:22px;line-height:1.3;font-weight:bold">
          ${linked(block.title, block.url, 'ink', light)}
        </h2>
        ${typed(block.facts, '0 0 8px', light)}
        <p style="margin:0">${block.text}</p>
      </div> `;
    case 'view':
      return html`<div
        class="${block.side}-edge"
        style="margin:0 0 20px;padding:8px 0 0;border-top:4px solid ${light[block.side]}"
      >
        <p class="${block.side}" style="margin:0 0 4px;color:${light[block.side]};font-family:${type};line-height:1.4">
          ${block.name}
        </p>
        <p style="margin:0">${block.text}</p>
      </div> `;
  }
}

/** Short facts in a row, each of them whole on one line. */
function typed(facts: readonly string[], margin: string, light: Colours): Html {
  return html`<p
    class="pencil"
    style="margin:${margin};color:${light.pencil};font-family:${type};font-size:16px;line-height:1.5"
  >
    ${facts.map((fact, index) => html`${index > 0 && ' · '}<span style="display:inline-block">${fact}</span>`)}
  </p> `;
}

function small(block: Block, light: Colours): Html {
  return block.kind === 'link'
    ? html`<p style="margin:0 0 8px">${block.before} ${linked(block.text, block.url, 'pencil', light)}</p> `
    : html`<p style="margin:0 0 8px">${block.kind === 'text' ? block.text : ''}</p> `;
}

/** At least 44 px high. Outlook on Windows leaves out the padding: there, wide blanks stand for it. */
function button(text: string, url: string, light: Colours): Html {
  return html`<p style="margin:24px 0">
    <a
      class="button"
      href="${url}"
      style="display:inline-block;padding:13px 24px;background-color:${light.ink};color:${light.paper};border-radius:4px;font-weight:bold;line-height:1.3;text-decoration:none"
      >${verbatim('<!--[if mso]><i style="mso-font-width:300%;mso-text-raise:26px" hidden>&emsp;</i><span style="mso-text-raise:13px"><![endif]-->')}${text}${verbatim('<!--[if mso]></span><i style="mso-font-width:300%" hidden>&emsp;&#8203;</i><![endif]-->')}</a
    >
  </p> `;
}

function linked(text: string, url: string, colour: 'ink' | 'pencil', light: Colours): Html {
  return html`<a class="${colour}" href="${url}" style="color:${light[colour]};text-decoration:underline">${text}</a>`;
}

// Fills the inbox's preview, which would otherwise go on with the first words of the page.
const padding = '&#847;&zwnj;&nbsp;'.repeat(80);

const sheetOf = (dark: Colours) => `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
${(['desk', 'paper', 'folder'] as const).map((name) => `.${name}{background-color:${dark[name]}!important}`).join('\n')}
${(['ink', 'pencil', 'typed', 'marketing', 'sales', 'shared'] as const).map((name) => `.${name}{color:${dark[name]}!important}`).join('\n')}
${(['marketing', 'sales', 'shared', 'pencil'] as const).map((name) => `.${name}-edge{border-top-color:${dark[name]}!important}`).join('\n')}
.button{background-color:${dark.ink}!important;color:${dark.desk}!important}
}
`;
