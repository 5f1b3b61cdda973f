package org.anabranch.bench;

import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.control.brownian.QueriedInterval;

/** Brownian motions over [0, 1] that workload W4 compares. */
enum BrownianKind {
  /** {@link BrownianGrid}. */
  GRID {
    @Override
    BrownianMotion of(long seed, int motions, boolean areas, int queries, double step) {
      return BrownianGrid.equal(seed, 0, 1, queries, motions);
    }
  },
  /** {@link QueriedInterval}. */
  QUERIED {
    @Override
    BrownianMotion of(long seed, int motions, boolean areas, int queries, double step) {
      return new QueriedInterval(seed, 0, 1, motions, areas, QueriedInterval.KEPT, step);
    }
  },
  /** {@link BrownianInterval}. */
  DYADIC {
    @Override
    BrownianMotion of(long seed, int motions, boolean areas, int queries, double step) {
      return new BrownianInterval(seed, 0, 1, motions, areas);
    }
  },
  /** {@link VirtualBrownianTree}. */
  TREE {
    @Override
    BrownianMotion of(long seed, int motions, boolean areas, int queries, double step) {
      return new VirtualBrownianTree(seed, 0, 1, motions, VirtualBrownianTree.TOLERANCE);
    }
  };

  /**
   * @param queries steps of a grid
   * @param step its length, 0 where that is not told
   */
  abstract BrownianMotion of(long seed, int motions, boolean areas, int queries, double step);
}
