import ts from 'typescript';

/** A program with one fault put into it. */
export interface Mutant {
  file: string;
  /** Counted from 1. */
  line: number;
  /** The code that is changed, and what stands in its place. */
  before: string;
  after: string;
  /** The whole file with the fault. */
  source: string;
}

const operators = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
]);

/** Methods whose place another one can take, or none. */
const methods: Record<string, string> = {
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  trim: 'toString',
  toLowerCase: 'toString',
};

/** Every fault that is tried in a file: another operator, condition, number, method or text. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const put = (node: ts.Node, after: string) => {
    const [from, to] = [node.getStart(tree), node.end];
    found.push({
      file,
      line: tree.getLineAndCharacterOfPosition(from).line + 1,
      before: source.slice(from, to),
      after,
      source: source.slice(0, from) + after + source.slice(to),
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const other = operators.get(node.operatorToken.kind);
      // A text that is put together has no difference.
      const isText = [node.left, node.right].some(
        (side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side),
      );
      if (other && !(isText && /^[+-]$/.test(other))) put(node.operatorToken, other);
    }
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      put(node, node.operand.getText(tree));
    if (ts.isIfStatement(node)) put(node.expression, 'false');
    if (ts.isConditionalExpression(node)) put(node.condition, `!(${node.condition.getText(tree)})`);
    if (ts.isNumericLiteral(node)) put(node, otherNumber(Number(node.text)));
    if (node.kind === ts.SyntaxKind.TrueKeyword) put(node, 'false');
    if (node.kind === ts.SyntaxKind.FalseKeyword) put(node, 'true');
    if (ts.isStringLiteral(node) && node.text && isValue(node)) put(node, "''");
    if (ts.isPropertyAccessExpression(node) && ts.isCallExpression(node.parent)) {
      const other = Object.hasOwn(methods, node.name.text) ? methods[node.name.text] : undefined;
      if (other !== undefined) put(node.name, other);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/**
 * A place or a small number is off by one. An amount is none at all: nobody could say what is wrong with 5,001 milliseconds in
 * place of 5,000.
 */
const otherNumber = (number: number) => (Math.abs(number) < 10 ? String(number + 1) : '0');

/** A text that is worked with, and no name of a property, module or class. */
const isValue = ({ parent }: ts.StringLiteral) =>
  ts.isCallExpression(parent) ||
  ts.isReturnStatement(parent) ||
  ts.isBinaryExpression(parent) ||
  ts.isConditionalExpression(parent);
