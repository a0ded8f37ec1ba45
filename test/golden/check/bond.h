struct mutex { int owner; };
struct work_struct { int data; };

struct acme;

struct acme_ops {
	void (*stop)(struct acme *acme);
};

struct acme {
	const struct acme_ops *ops;
	struct mutex lock;
	struct work_struct reset;
	int resets;
};

int acme_report(int value);
