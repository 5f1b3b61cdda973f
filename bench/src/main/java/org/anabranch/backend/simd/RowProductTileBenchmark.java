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
 * The shapes of {@link RowProductTiles} against each other, as {@link ProductTileBenchmark} does
 * it: the same sum of outer products in tiles of one shape only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowProductTileBenchmark {
  private static final int LINES = 120;
  private static final int LANES = 12 * Lanes.COUNT;

  /** Lines by vectors of a tile. */
  @Param({"6x4", "4x4", "1x4", "8x3", "8x2", "8x1", "5x2", "4x2", "1x2", "1x1"})
  public String shape = "";

  /** Samples summed over. */
  @Param({"64", "128"})
  public int depth;

  private final float[] sum = new float[LINES * LANES];
  private float[] a = {};
  private float[] b = {};

  @Setup
  public void prepare() {
    a = SampleNumbers.of(depth * LINES);
    b = SampleNumbers.of(depth * LANES);
  }

  /** Operations of one call, a multiply-add counted as two. */
  public static double operations(int depth) {
    return 2.0 * LINES * LANES * depth;
  }

  @Benchmark
  public float[] rowProductTile() {
    int width = TileShape.vectors(shape) * Lanes.COUNT;
    for (int lane = 0; lane < LANES; lane += width) {
      switch (shape) {
        case "6x4" ->
            RowProductTiles.tile6x4(LINES, depth, a, 0, LINES, b, lane, LANES, sum, lane, LANES);
        case "4x4" ->
            RowProductTiles.tile4x4(LINES, depth, a, 0, LINES, b, lane, LANES, sum, lane, LANES);
        case "1x4" ->
            RowProductTiles.tile1x4(LINES, depth, a, 0, LINES, b, lane, LANES, sum, lane, LANES);
        case "8x3" ->
            RowProductTiles.tile8x3(LINES, depth, a, 0, LINES, b, lane, LANES, sum, lane, LANES);
        case "8x2" ->
            RowProductTiles.tile8x2(LINES, depth, a, 0, LINES, b, lane, LANES, sum, lane, LANES);
        case "8x1" ->
            RowProductTiles.tile8x1(LINES, depth, a, 0, LINES, b, lane, LANES, sum, lane, LANES);
        case "5x2" ->
            RowProductTiles.tile5x2(LINES, depth, a, 0, LINES, b, lane, LANES, sum, lane, LANES);
        case "4x2" ->
            RowProductTiles.tile4x2(LINES, depth, a, 0, LINES, b, lane, LANES, sum, lane, LANES);
        case "1x2" ->
            RowProductTiles.tile1x2(LINES, depth, a, 0, LINES, b, lane, LANES, sum, lane, LANES);
        case "1x1" ->
            RowProductTiles.tile1x1(LINES, depth, a, 0, LINES, b, lane, LANES, sum, lane, LANES);
        default -> throw new AssertionError(shape);
      }
    }
    return sum;
  }
}
