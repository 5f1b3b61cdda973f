package org.anabranch.backend.simd;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The shapes of {@link ProductTiles} against each other: the same product in tiles of one shape
 * only. {@value #ROWS} rows are a multiple of every height, 12 vectors of outputs one of every
 * width, so no shape has a rest.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProductTileBenchmark {
  private static final int ROWS = 120;
  private static final int OUTPUTS = 12 * Lanes.COUNT;

  /** Rows by vectors of a tile. */
  @Param({"6x4", "4x4", "8x3", "8x2", "8x1", "5x2", "4x2", "1x1"})
  public String shape = "";

  /** Terms of each sum. */
  @Param({"64", "128"})
  public int depth;

  private final float[] bias = SampleNumbers.of(OUTPUTS);
  private final float[] out = new float[ROWS * OUTPUTS];
  private float[] a = {};
  private float[] b = {};

  @Setup
  public void prepare() {
    a = SampleNumbers.of(ROWS * depth);
    b = SampleNumbers.of(depth * OUTPUTS);
  }

  /** Operations of one call, a multiply-add counted as two. */
  public static double operations(int depth) {
    return 2.0 * ROWS * OUTPUTS * depth;
  }

  @Benchmark
  public float[] productTile() {
    int bs = TileShape.vectors(shape) * Lanes.COUNT;
    for (int j = 0; j < OUTPUTS; j += bs) {
      int bi = j * depth;
      switch (shape) {
        case "6x4" ->
            ProductTiles.tile6x4(ROWS, depth, a, 0, depth, b, bi, bs, bias, j, out, j, OUTPUTS);
        case "4x4" ->
            ProductTiles.tile4x4(ROWS, depth, a, 0, depth, b, bi, bs, bias, j, out, j, OUTPUTS);
        case "8x3" ->
            ProductTiles.tile8x3(ROWS, depth, a, 0, depth, b, bi, bs, bias, j, out, j, OUTPUTS);
        case "8x2" ->
            ProductTiles.tile8x2(ROWS, depth, a, 0, depth, b, bi, bs, bias, j, out, j, OUTPUTS);
        case "8x1" ->
            ProductTiles.tile8x1(ROWS, depth, a, 0, depth, b, bi, bs, bias, j, out, j, OUTPUTS);
        case "5x2" ->
            ProductTiles.tile5x2(ROWS, depth, a, 0, depth, b, bi, bs, bias, j, out, j, OUTPUTS);
        case "4x2" ->
            ProductTiles.tile4x2(ROWS, depth, a, 0, depth, b, bi, bs, bias, j, out, j, OUTPUTS);
        case "1x1" ->
            ProductTiles.tile1x1(ROWS, depth, a, 0, depth, b, bi, bs, bias, j, out, j, OUTPUTS);
        default -> throw new AssertionError(shape);
      }
    }
    return out;
  }
}
