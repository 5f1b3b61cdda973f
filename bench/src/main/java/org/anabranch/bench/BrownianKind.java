package org.anabranch.bench;

import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.control.brownian.QueriedInterval;

/** Brownian motions that workload W4 compares, and W1 may be driven by. */
enum BrownianKind {
  /** {@link BrownianGrid}. */
  GRID {
    @Override
    BrownianMotion of(long seed, double end, int motions, boolean areas, int steps, double step) {
      return BrownianGrid.equal(seed, 0, end, steps, motions);
    }
  },
  /** {@link QueriedInterval}. */
  QUERIED {
    @Override
    BrownianMotion of(long seed, double end, int motions, boolean areas, int steps, double step) {
      return new QueriedInterval(seed, 0, end, motions, areas, QueriedInterval.KEPT, step);
    }
  },
  /** {@link BrownianInterval}. */
  DYADIC {
    @Override
    BrownianMotion of(long seed, double end, int motions, boolean areas, int steps, double step) {
      return new BrownianInterval(seed, 0, end, motions, areas);
    }
  },
  /** {@link VirtualBrownianTree}. */
  TREE {
    @Override
    BrownianMotion of(long seed, double end, int motions, boolean areas, int steps, double step) {
      return new VirtualBrownianTree(seed, 0, end, motions, VirtualBrownianTree.TOLERANCE);
    }
  };

  /**
   * @param end of the span from 0
   * @param steps of a grid
   * @param step its length, 0 where that is not told
   */
  abstract BrownianMotion of(
      long seed, double end, int motions, boolean areas, int steps, double step);
}
