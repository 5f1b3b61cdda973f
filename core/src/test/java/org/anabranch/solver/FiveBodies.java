package org.anabranch.solver;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.graph.Value;

/**
 * Problem C5 of {@link Detest}: the five outer planets about the sun, their positions and then
 * their velocities in astronomical units and hundreds of days.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the digits of the paper
final class FiveBodies {
  private static final double GRAVITY = 2.95912208286;
  private static final double SUN = 1.00000597682;
  private static final double[] MASSES = {
    0.954786104043e-3, 0.285583733151e-3, 0.437273164546e-4, 0.517759138449e-4, 0.277777777778e-5
  };
  private static final double[] START = {
    3.42947415189,
    3.35386959711,
    1.35494901715,
    6.64145542550,
    5.97156957878,
    2.18231499728,
    11.2630437207,
    14.6952576794,
    6.27960525067,
    -30.1552268759,
    1.65699966404,
    1.43785752721,
    -21.1238353380,
    28.4465098142,
    15.3882659679,
    -0.557160570446,
    0.505696783289,
    0.230578543901,
    -0.415570776342,
    0.365682722812,
    0.169143213293,
    -0.325325669158,
    0.189706021964,
    0.0877265322780,
    -0.0240476254170,
    -0.287659532608,
    -0.117219543175,
    -0.176860753121,
    -0.216393453025,
    -0.0148647893090
  };
  private static final double[] SOLUTION = {
    -4.792730224323733,
    -2.420550725448973,
    -9.212509306014886e-1,
    -4.217310404035213,
    7.356202947498970,
    3.223785985421212,
    4.035559443262270,
    1.719865528670555e1,
    7.478910794233703,
    -2.998759326324844e1,
    -4.107310937550929,
    -9.277008321754407e-1,
    -2.442125302518482e1,
    2.381459045746554e1,
    1.492096306951359e1,
    3.499208963063806e-1,
    -5.748487687912825e-1,
    -2.551694020879149e-1,
    -5.237040978903326e-1,
    -2.493000463579661e-1,
    -8.045341642044464e-2,
    -3.875289237334110e-1,
    5.648603288767891e-2,
    3.023606472143342e-2,
    4.133856546712445e-2,
    -2.862393029841379e-1,
    -1.183032405136207e-1,
    -1.511986457359206e-1,
    -2.460068894318766e-1,
    -3.189687411323877e-2
  };

  static final TestProblem PROBLEM = TestProblem.of("C5", 20, START, SOLUTION, (t, y) -> drift(y));

  private FiveBodies() {}

  private static Value drift(Value y) {
    List<Value> parts = new ArrayList<>(List.of(y.slice(15, 15)));
    for (int j = 0; j < 5; j++) {
      Value pull = pull(planet(y, j)).times(-SUN - MASSES[j]);
      for (int k = 0; k < 5; k++) {
        if (k != j) {
          Value other = planet(y, k);
          Value apart = pull(other.minus(planet(y, j)));
          pull = pull.plus(apart.minus(pull(other)).times(MASSES[k]));
        }
      }
      parts.add(pull.times(GRAVITY));
    }
    return Value.concatenate(parts);
  }

  private static Value planet(Value y, int j) {
    return y.slice(3 * j, 3);
  }

  /** x / |x|³. */
  private static Value pull(Value x) {
    Value square = x.square().sum();
    return x.dividedBy(square.times(square.sqrt()));
  }
}
