// @ts-check
// memoryFiles.cjs
// A file system that is nowhere but in memory, as the ones of web sites are: a small tree below memfs:/linux. It can be
// listed and read; a file that is asked for and not there is refused as VS Code expects it.

const vscode = require('vscode');

const acme = `// SPDX-License-Identifier: GPL-2.0
#include <linux/acme.h>
#include "ports.h"

static DEFINE_MUTEX(acme_list_lock);
static DEFINE_MUTEX(acme_port_lock);

int acme_start(struct acme *acme)
{
	acme_open();
	mutex_lock(&acme->lock);
	acme_ports_up(acme);
	mutex_unlock(&acme->lock);
	return 0;
}

int acme_open(void)
{
	mutex_lock(&acme_list_lock);
	mutex_lock(&acme_port_lock);
	mutex_unlock(&acme_port_lock);
	mutex_unlock(&acme_list_lock);
	return 0;
}
`;

/** @type {Readonly<Record<string, string>>} */
const texts = {
  '/linux/Makefile': 'VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\nEXTRAVERSION =\n',
  '/linux/MAINTAINERS': '',
  '/linux/Kconfig': '',
  '/linux/include/linux/kernel.h': '#define KERN 1\n',
  '/linux/include/linux/acme.h': 'struct acme {\n\tstruct mutex lock;\n\tint ports;\n};\n',
  '/linux/drivers/acme/acme.c': acme,
  '/linux/drivers/acme/ports.h': 'int acme_open(void);\nvoid acme_ports_up(struct acme *acme);\n',
  '/linux/drivers/acme/ports.c':
    '#include "ports.h"\n\nvoid acme_ports_up(struct acme *acme)\n{\n\twait_for_completion(&acme->idle);\n}\n',
  '/linux/drivers/other/other.c': 'int other_unread(void)\n{\n\treturn acme_open();\n}\n',
};

const { File, Directory } = vscode.FileType;

/** @param {string} folder */
function entriesOf(folder) {
  /** @type {Map<string, vscode.FileType>} */
  const entries = new Map();
  for (const path of Object.keys(texts)) {
    if (!path.startsWith(`${folder}/`)) continue;
    const [name = '', ...below] = path.slice(folder.length + 1).split('/');
    entries.set(name, below.length > 0 ? Directory : File);
  }
  return entries;
}

/** @type {vscode.FileSystemProvider} */
const memory = {
  onDidChangeFile: new vscode.EventEmitter().event,
  watch: () => ({ dispose: () => undefined }),
  stat: (uri) => {
    const text = texts[uri.path];
    const times = { ctime: 1, mtime: 1 };
    if (text !== undefined) return { type: File, size: text.length, ...times };
    if (entriesOf(uri.path).size === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: Directory, size: 0, ...times };
  },
  readDirectory: (uri) => [...entriesOf(uri.path)],
  readFile: (uri) => {
    const text = texts[uri.path];
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(text);
  },
  createDirectory: (uri) => refuse(uri),
  writeFile: (uri) => refuse(uri),
  delete: (uri) => refuse(uri),
  rename: (uri) => refuse(uri),
};

/**
 * @param {vscode.Uri} uri
 * @returns {never}
 */
function refuse(uri) {
  throw vscode.FileSystemError.NoPermissions(uri);
}

/** @param {vscode.ExtensionContext} context */
exports.activate = (context) => {
  const options = { isReadonly: true, isCaseSensitive: true };
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider('memfs', memory, options));
};
