/* OpenBLAS's sgemm on the sizes of `bench/run-kernels`, called as a C program calls it: no interpreter in between.
 * bench/run-peers compiles it and reads one line of JSON a measurement. One argument: seconds for each, default 0.25.
 *
 *   productBias      out [rows x n] = a [rows x n] W^T + bias, W [n x n] as PyTorch keeps it
 *   cotangent        out [rows x n] = c [rows x n] W
 *   weightGradient   sum [n x n] += c^T x
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROW_MAJOR = 101, PLAIN = 111, TRANSPOSED = 112 };

void cblas_sgemm(int order, int transA, int transB, int m, int n, int k, float alpha, const float *a, int lda,
                 const float *b, int ldb, float beta, float *c, int ldc);
char *openblas_get_config(void);

typedef struct {
  int rows, n;
  float *x, *c, *w, *bias, *out, *sum;
} Layer;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static float *numbers(int count) {
  float *x = aligned_alloc(64, ((size_t)count * sizeof(float) + 63) / 64 * 64);
  unsigned bits = 1;
  for (int i = 0; i < count; i++) {
    bits = bits * 1664525u + 1013904223u;
    x[i] = (float)(int)bits / 2147483648.0f;
  }
  return x;
}

static void product_bias(Layer *l) {
  cblas_sgemm(ROW_MAJOR, PLAIN, TRANSPOSED, l->rows, l->n, l->n, 1, l->x, l->n, l->w, l->n, 0, l->out, l->n);
  for (int r = 0; r < l->rows; r++) {
    for (int j = 0; j < l->n; j++) {
      l->out[r * l->n + j] += l->bias[j];
    }
  }
}

static void cotangent(Layer *l) {
  cblas_sgemm(ROW_MAJOR, PLAIN, PLAIN, l->rows, l->n, l->n, 1, l->c, l->n, l->w, l->n, 0, l->out, l->n);
}

static void weight_gradient(Layer *l) {
  cblas_sgemm(ROW_MAJOR, TRANSPOSED, PLAIN, l->n, l->n, l->rows, 1, l->c, l->n, l->x, l->n, 1, l->sum, l->n);
}

/* Some processors need OPENBLAS_CORETYPE to get their widest kernels; what it chose must still be right. */
static void check(Layer *l) {
  product_bias(l);
  for (int r = 0; r < l->rows; r += 7) {
    for (int j = 0; j < l->n; j += 5) {
      double expected = l->bias[j], got = l->out[r * l->n + j];
      for (int p = 0; p < l->n; p++) expected += (double)l->x[r * l->n + p] * l->w[j * l->n + p];
      if (!(expected - got < 1e-3 && got - expected < 1e-3)) {
        fprintf(stderr, "openblas: %d x %d: entry (%d, %d) is %g, expected %g\n", l->rows, l->n, r, j, got, expected);
        exit(1);
      }
    }
  }
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The median and the best of many short trials, as operations a second. */
static void measure(const char *name, void (*kernel)(Layer *), Layer *l, double seconds) {
  enum { MOST = 4096 };
  static double trials[MOST];
  double operations = 2.0 * l->rows * l->n * l->n;
  int calls = (int)(2e7 / operations) + 1, count = 0;
  for (double start = now(); now() - start < seconds / 4;) kernel(l);
  for (double start = now(); count < MOST && (count < 5 || now() - start < seconds); count++) {
    memset(l->sum, 0, sizeof(float) * (size_t)l->n * (size_t)l->n);
    double begin = now();
    for (int i = 0; i < calls; i++) kernel(l);
    trials[count] = (now() - begin) / calls;
  }
  qsort(trials, (size_t)count, sizeof(double), ascending);
  printf("{\"benchmark\":\"%s\",\"width\":%d,\"rows\":%d,\"medianGigaflops\":%.2f,\"bestGigaflops\":%.2f,\"blas\":\"%s\"}\n",
         name, l->n, l->rows, operations * 1e-9 / trials[count / 2], operations * 1e-9 / trials[0], openblas_get_config());
}

int main(int argc, char **argv) {
  double seconds = argc > 1 ? atof(argv[1]) : 0.25;
  int sizes[] = {32, 64, 128};
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++) {
      int n = sizes[i], rows = sizes[j];
      Layer l = {rows, n, numbers(rows * n), numbers(rows * n), numbers(n * n), numbers(n), numbers(rows * n), numbers(n * n)};
      check(&l);
      measure("productBias", product_bias, &l, seconds);
      measure("cotangent", cotangent, &l, seconds);
      measure("weightGradient", weight_gradient, &l, seconds);
    }
  }
  return 0;
}
