// acmeSeries.ts
// A mailbox as a thread looks when it has gone over a list: five patches out of order, a cover letter, replies that quote
// diffs, and every encoding that mails come in. And the tree that it is for.

import type { Tree } from './support.ts';

export const acmeTree: Tree = {
  'drivers/acme/core.c': `#include <linux/mutex.h>

struct acme {
	struct mutex io_lock;
	struct work_struct reset_work;
};

static int acme_suspend(struct acme *acme)
{
	mutex_lock(&acme->io_lock);
	acme_stop(acme);
	mutex_unlock(&acme->io_lock);
	return 0;
}

MODULE_AUTHOR("J\xc3\xbcrgen Example");
`,
  'drivers/acme/old_name.c': `int acme_first(void)
{
	return 1;
}

int acme_second(void)
{
	return 2;
}
`,
  'drivers/acme/obsolete.c': 'int acme_unused;\nint acme_gone;\n',
  'drivers/acme/gen.sh': '#!/bin/sh\necho acme\n',
  'drivers/acme/windows.inf': 'one\r\ntwo\r\nthree\r\n',
};

const header = (
  number: number,
  subject: string,
  fields = '',
): string => `From 0123456789abcdef0123456789abcdef0123456${number} Mon Sep 17 00:00:00 2001
From: A Developer <dev@example.com>
Date: Tue, ${number} Feb 2024 10:0${number}:00 +0100
Subject: ${subject}
Message-ID: <20240206-${number}@example.com>
References: <20240206-0@example.com>
To: list@example.com
Cc: Someone Else <else@example.com>,
 Third Person <third@example.com>
${fields}
`;

const trailer = '-- \n2.39.2\n\n';

const cover = `${header(0, '[PATCH net v2 0/5] acme: mend the reset')}This mends the reset of acme.

A Developer (5):
  ...

 drivers/acme/core.c | 2 ++

base-commit: 0123456789abcdef0123456789abcdef01234567
${trailer}`;

export const diff1 = `diff --git a/drivers/acme/core.c b/drivers/acme/core.c
index 1111111111..2222222222 100644
--- a/drivers/acme/core.c
+++ b/drivers/acme/core.c
@@ -8,6 +8,7 @@ struct acme {
 static int acme_suspend(struct acme *acme)
 {
 	mutex_lock(&acme->io_lock);
+	cancel_work_sync(&acme->reset_work);
 	acme_stop(acme);
 	mutex_unlock(&acme->io_lock);
 	return 0;
`;

const patch1 = `${header(1, '[PATCH net v2 1/5] acme: stop the reset before suspending')}Nothing may reset
>From the work any more.

>>From here on it is stopped.

Signed-off-by: A Developer <dev@example.com>
---
 drivers/acme/core.c | 1 +
 1 file changed, 1 insertion(+)

${diff1}${trailer}`.replaceAll('\n', '\r\n');

const patch2 = `${header(
  2,
  '=?utf-8?q?=5BPATCH_net_v2_2/5=5D_acme=3A_name_J=C3=BCrgen?=\n =?utf-8?q?_in_a_=22long=22_subject?=',
  'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n',
)}From: =?UTF-8?B?SsO8cmdlbiBFeGFtcGxl?= <juergen@example.com>

A name with an umlaut: J=C3=BCrgen. And a line that was longer than a mail's =
line may be.
---
diff --git a/drivers/acme/core.c b/drivers/acme/core.c
--- a/drivers/acme/core.c
+++ b/drivers/acme/core.c
@@ -15,4 +15,4 @@ static int acme_suspend(struct acme *acme)
 	return 0;
 }
=20
-MODULE_AUTHOR("J=C3=BCrgen Example");
+MODULE_AUTHOR("J=C3=BCrgen Example =3D Maintainer of the acme driver and of its =
friends");
diff --git a/drivers/acme/new file.c b/drivers/acme/new file.c
new file mode 100644
index 0000000000..3333333333
--- /dev/null
+++ b/drivers/acme/new file.c=09
@@ -0,0 +1,2 @@
+int acme_new;
+int acme_last;
\\ No newline at end of file
--=20
2.39.2

`;

const patch3 = `${header(3, '[PATCH net v2 3/5] acme: rename')}Diffs in the text are none: > diff --git a/x b/x
---
diff --git a/drivers/acme/old_name.c b/drivers/acme/fresh.c
similarity index 80%
rename from drivers/acme/old_name.c
rename to drivers/acme/fresh.c
index 4444444444..5555555555 100644
--- a/drivers/acme/old_name.c
+++ b/drivers/acme/fresh.c
@@ -5,5 +5,5 @@ int acme_first(void)
 
 int acme_second(void)
 {
-	return 2;
+	return 3;
 }
diff --git a/drivers/acme/gen.sh b/drivers/acme/gen.sh
old mode 100644
new mode 100755
${trailer}`;

const patch4Body = `The text is in base64.
---
diff --git a/drivers/acme/obsolete.c b/drivers/acme/obsolete.c
deleted file mode 100644
index 6666666666..0000000000
--- a/drivers/acme/obsolete.c
+++ /dev/null
@@ -1,2 +0,0 @@
-int acme_unused;
-int acme_gone;
diff --git a/drivers/acme/logo.png b/drivers/acme/logo.png
new file mode 100644
index 0000000000000000000000000000000000000000..7777777777777777777777777777777777777777
GIT binary patch
literal 6
NcmZQzU|?ckU;qFB00jU5

literal 0
HcmV?d00001

${trailer}`;

const patch4 = `${header(
  4,
  '[PATCH net v2 4/5] acme: clean up',
  'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: base64\n',
)}${Buffer.from(patch4Body, 'latin1').toString('base64').replace(/.{76}/g, '$&\n')}

`;

const diff5 = `diff --git a/drivers/acme/windows.inf b/drivers/acme/windows.inf
index 8888888888..9999999999 100644
--- a/drivers/acme/windows.inf
+++ b/drivers/acme/windows.inf
@@ -1,3 +1,3 @@
 one\r
-two\r
+2\r
 three\r
`;

const patch5 = `${header(
  5,
  '[PATCH net v2 5/5] acme: a file whose lines end in CRLF',
  'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="=-=acme=-="\n',
)}This is for programs that know no MIME.
--=-=acme=-=
Content-Type: text/plain; charset=us-ascii

The diff is attached.
--=-=acme=-=
Content-Type: text/html

<pre>diff --git a/evil b/evil</pre>
--=-=acme=-=
Content-Type: text/x-patch; name="5.patch"
Content-Disposition: attachment; filename="5.patch"

${diff5}
--=-=acme=-=--
`;

const quoted = (text: string): string => text.replace(/^/gm, '> ');

const reply = `From reviewer@example.com Tue Feb  6 12:00:00 2024
From: Reviewer <rev@example.com>
Subject: Re: [PATCH net v2 1/5] acme: stop the reset before suspending
Message-ID: <reply-1@example.com>
In-Reply-To: <20240206-1@example.com>

On Tue, A Developer wrote:
${quoted(diff1)}
Can this wait forever?
`;

const replyToReply = `From dev@example.com Tue Feb  6 13:00:00 2024
From: A Developer <dev@example.com>
Subject: Re: Re: [PATCH net v2 1/5] acme: stop the reset before suspending
In-Reply-To: <reply-1@example.com>

${quoted(quoted(diff1))}
> Can this wait forever?

Maybe so:

${diff1.replace('cancel_work_sync', 'cancel_work')}
`;

export const acmeMails = { cover, patch1, patch2, patch3, patch4, patch5, reply, replyToReply };

export const acmeMailbox: string = [cover, patch3, reply, patch1, patch5, patch2, replyToReply, patch4].join(
  '',
);

/** The tree after all five. The binary file is there, but nothing is known of its content. */
export const acmeTreeAfter: Tree = {
  'drivers/acme/core.c': acmeTree['drivers/acme/core.c']!.replace(
    '\tacme_stop',
    '\tcancel_work_sync(&acme->reset_work);\n\tacme_stop',
  ).replace(' Example', ' Example = Maintainer of the acme driver and of its friends'),
  'drivers/acme/fresh.c': acmeTree['drivers/acme/old_name.c']!.replace('return 2', 'return 3'),
  'drivers/acme/gen.sh': acmeTree['drivers/acme/gen.sh']!,
  'drivers/acme/logo.png': '',
  'drivers/acme/new file.c': 'int acme_new;\nint acme_last;',
  'drivers/acme/windows.inf': 'one\r\n2\r\nthree\r\n',
};
