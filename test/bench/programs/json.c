// Writes a JSON text of n records, parses it into a tree, writes the tree again, and returns a checksum of both texts and of
// all numbers. Its allocator only grows, and starts anew in every run.

typedef unsigned int u32;

extern unsigned char __heap_base;

static char *top;

static void *allocate(u32 size) {
  char *at = top;
  top += (size + 7) & ~7u;
  u32 pages = __builtin_wasm_memory_size(0);
  if ((u32)top > pages * 65536) __builtin_wasm_memory_grow(0, ((u32)top - pages * 65536 + 65535) / 65536 + 16);
  return at;
}

enum kind { NUL, FALSE, TRUE, NUMBER, STRING, ARRAY, OBJECT };

struct node {
  enum kind kind;
  u32 length;
  const char *text;   // a string, or the key of a member
  struct node *next;  // the next element or member
  struct node *first;
  double number;
};

// Writing.

static char *out;

static void put(char c) { *out++ = c; }

static void put_text(const char *s) {
  while (*s) put(*s++);
}

static void put_integer(long long n) {
  char digits[24];
  int k = 0;
  if (n < 0) put('-'), n = -n;
  do digits[k++] = '0' + n % 10; while (n /= 10);
  while (k > 0) put(digits[--k]);
}

static void put_number(double x) {
  if (x < 0) put('-'), x = -x;
  long long whole = (long long)x;
  put_integer(whole);
  x -= whole;
  if (x == 0) return;
  put('.');
  for (int i = 0; i < 6 && x > 0; i++) {
    x *= 10;
    int digit = (int)x;
    put('0' + digit);
    x -= digit;
  }
}

static u32 seed;

static u32 chance(void) {
  seed ^= seed << 13;
  seed ^= seed >> 17;
  seed ^= seed << 5;
  return seed;
}

static const char *const words[] = {"alpha", "beta \\\"quoted\\\"", "gamma\\n", "delta", "a rather longer piece of text", "\\u00e9t\\u00e9"};

static void write_record(u32 i) {
  put_text("{\"id\": ");
  put_integer(i);
  put_text(", \"name\": \"");
  put_text(words[chance() % 6]);
  put_text("\", \"score\": ");
  put_number((double)(int)(chance() % 200000 - 100000) / 64);
  put_text(", \"tags\": [");
  u32 tags = chance() % 5;
  for (u32 k = 0; k < tags; k++) {
    if (k > 0) put_text(", ");
    put('"'), put_text(words[chance() % 6]), put('"');
  }
  put_text("], \"nested\": {\"ok\": ");
  put_text(chance() & 1 ? "true" : "false");
  put_text(", \"none\": null, \"deep\": [[1, 2.5e3], [-7, [");
  put_integer(chance() % 1000);
  put_text("]]]}}");
}

// Parsing.

static const char *in;

static void skip(void) {
  while (*in == ' ' || *in == '\n' || *in == '\t' || *in == '\r') in++;
}

static int hex(char c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; }

static const char *parse_string(u32 *length) {
  in++;
  char *to = top, *start = to;
  allocate(256);
  while (*in != '"') {
    char c = *in++;
    if (c != '\\') {
      *to++ = c;
      continue;
    }
    switch (c = *in++) {
      case 'n': *to++ = '\n'; break;
      case 't': *to++ = '\t'; break;
      case 'u': {
        u32 code = hex(in[0]) << 12 | hex(in[1]) << 8 | hex(in[2]) << 4 | hex(in[3]);
        in += 4;
        if (code < 0x80) *to++ = (char)code;
        else *to++ = (char)(0xc0 | code >> 6), *to++ = (char)(0x80 | (code & 63));
        break;
      }
      default: *to++ = c;
    }
  }
  in++;
  *length = (u32)(to - start);
  *to++ = 0;
  top = (char *)(((u32)to + 7) & ~7u);
  return start;
}

static double parse_number(void) {
  int negative = *in == '-';
  if (negative) in++;
  double x = 0;
  while (*in >= '0' && *in <= '9') x = x * 10 + (*in++ - '0');
  int exponent = 0;
  if (*in == '.') {
    in++;
    while (*in >= '0' && *in <= '9') x = x * 10 + (*in++ - '0'), exponent--;
  }
  if (*in == 'e' || *in == 'E') {
    in++;
    int sign = *in == '-';
    if (*in == '-' || *in == '+') in++;
    int e = 0;
    while (*in >= '0' && *in <= '9') e = e * 10 + (*in++ - '0');
    exponent += sign ? -e : e;
  }
  double scale = 1;
  for (int k = exponent < 0 ? -exponent : exponent; k > 0; k--) scale *= 10;
  x = exponent < 0 ? x / scale : x * scale;
  return negative ? -x : x;
}

static struct node *parse(void) {
  struct node *node = allocate(sizeof(struct node));
  node->next = node->first = 0;
  skip();
  switch (*in) {
    case '{':
    case '[': {
      int object = *in++ == '{';
      node->kind = object ? OBJECT : ARRAY;
      node->length = 0;
      struct node **last = &node->first;
      for (skip(); *in != '}' && *in != ']'; skip()) {
        if (*in == ',') in++, skip();
        u32 length = 0;
        const char *key = 0;
        if (object) key = parse_string(&length), skip(), in++;
        struct node *child = parse();
        if (key) child->text = key;
        *last = child;
        last = &child->next;
        node->length++;
      }
      in++;
      return node;
    }
    case '"':
      node->kind = STRING;
      node->first = (struct node *)parse_string(&node->length);
      return node;
    case 't': node->kind = TRUE; in += 4; return node;
    case 'f': node->kind = FALSE; in += 5; return node;
    case 'n': node->kind = NUL; in += 4; return node;
    default:
      node->kind = NUMBER;
      node->number = parse_number();
      return node;
  }
}

static double total;

static void write_string(const char *s) {
  put('"');
  for (; *s; s++) {
    if (*s == '"' || *s == '\\') put('\\');
    put(*s);
  }
  put('"');
}

static void write(const struct node *node) {
  switch (node->kind) {
    case NUL: put_text("null"); break;
    case FALSE: put_text("false"); break;
    case TRUE: put_text("true"); break;
    case NUMBER: total += node->number; put_number(node->number); break;
    case STRING: write_string((const char *)node->first); break;
    case ARRAY:
    case OBJECT: {
      put(node->kind == OBJECT ? '{' : '[');
      for (const struct node *child = node->first; child; child = child->next) {
        if (node->kind == OBJECT) write_string(child->text), put(':');
        write(child);
        if (child->next) put(',');
      }
      put(node->kind == OBJECT ? '}' : ']');
    }
  }
}

static u32 checksum(const char *from, const char *to) {
  u32 hash = 2166136261u;
  for (; from < to; from++) hash = (hash ^ (unsigned char)*from) * 16777619u;
  return hash;
}

__attribute__((export_name("run"))) u32 run(u32 n) {
  top = (char *)&__heap_base;
  seed = 0x9e3779b9;
  total = 0;
  char *text = allocate(n * 512 + 64);
  out = text;
  put('[');
  for (u32 i = 0; i < n; i++) {
    if (i > 0) put_text(",\n");
    write_record(i);
  }
  put(']'), put(0);
  u32 sum = checksum(text, out);
  in = text;
  struct node *tree = parse();
  char *again = allocate(n * 512 + 64);
  out = again;
  write(tree);
  return sum ^ checksum(again, out) ^ (u32)(long long)(total * 64);
}
