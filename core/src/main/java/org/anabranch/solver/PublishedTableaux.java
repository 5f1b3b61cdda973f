package org.anabranch.solver;

import java.util.List;

/** The explicit Runge-Kutta methods that have names. */
final class PublishedTableaux {
  private PublishedTableaux() {}

  /** Euler (1768). */
  static final Tableau EULER = Tableau.draft("euler", 1).stage("0", "").weights("1").tableau();

  /** The midpoint rule of Runge (1895), with Euler's step for its error. */
  static final Tableau MIDPOINT =
      Tableau.draft("midpoint", 2)
          .stage("0", "")
          .stage("1/2", "1/2")
          .weights("0 1")
          .embedded(1, "1")
          .tableau();

  /** The trapezoidal rule of Heun (1900), with Euler's step for its error. */
  static final Tableau HEUN =
      Tableau.draft("heun", 2)
          .stage("0", "")
          .stage("1", "1")
          .weights("1/2 1/2")
          .embedded(1, "1")
          .tableau();

  /** Ralston (1962): of two stages, the smallest bound of the error. Euler's step for its error. */
  static final Tableau RALSTON =
      Tableau.draft("ralston", 2)
          .stage("0", "")
          .stage("2/3", "2/3")
          .weights("1/4 3/4")
          .embedded(1, "1")
          .tableau();

  /** The classical method of Kutta (1901). */
  static final Tableau RK4 =
      Tableau.draft("rk4", 4)
          .stage("0", "")
          .stage("1/2", "1/2")
          .stage("1/2", "0 1/2")
          .stage("1", "0 0 1")
          .weights("1/6 1/3 1/3 1/6")
          .tableau();

  /** Bogacki and Shampine (1989), Appl. Math. Lett. 2, 321-325. */
  static final Tableau BOSH3 =
      Tableau.draft("bosh3", 3)
          .stage("0", "")
          .stage("1/2", "1/2")
          .stage("3/4", "0 3/4")
          .stage("1", "2/9 1/3 4/9")
          .weights("2/9 1/3 4/9")
          .embedded(2, "7/24 1/4 1/3 1/8")
          .tableau();

  /**
   * Dormand and Prince (1980), J. Comp. Appl. Math. 6, 19-26; its dense output of order 4 by
   * Shampine (1986), Math. Comp. 46, 135-150, as Hairer, Nørsett and Wanner (1993) write it, II.6.
   */
  static final Tableau DOPRI5 =
      Tableau.draft("dopri5", 5)
          .stage("0", "")
          .stage("1/5", "1/5")
          .stage("3/10", "3/40 9/40")
          .stage("4/5", "44/45 -56/15 32/9")
          .stage("8/9", "19372/6561 -25360/2187 64448/6561 -212/729")
          .stage("1", "9017/3168 -355/33 46732/5247 49/176 -5103/18656")
          .stage("1", "35/384 0 500/1113 125/192 -2187/6784 11/84")
          .weights("35/384 0 500/1113 125/192 -2187/6784 11/84")
          .embedded(4, "5179/57600 0 7571/16695 393/640 -92097/339200 187/2100 1/40")
          .correction(
              """
              -12715105075/11282082432 0 87487479700/32700410799 -10690763975/1880347072
              701980252875/199316789632 -1453857185/822651844 69997945/29380423
              """)
          .tableau();

  /**
   * Tsitouras (2011), Comput. Math. Appl. 62, 770-775, in its published decimals. The correction is
   * the coefficient of θ⁴ in its published continuous weights bᵢ(θ) of order 4.
   */
  static final Tableau TSIT5 =
      Tableau.draft("tsit5", 5)
          .stage("0", "")
          .stage("0.161", "0.161")
          .stage("0.327", "-0.008480655492356989 0.335480655492357")
          .stage("0.9", "2.8971530571054935 -6.359448489975075 4.3622954328695815")
          .stage(
              "0.9800255409045097",
              "5.325864828439257 -11.748883564062828 7.4955393428898365 -0.09249506636175525")
          .stage(
              "1",
              """
              5.86145544294642 -12.92096931784711 8.159367898576159
              -0.071584973281401 -0.028269050394068383
              """)
          .stage(
              "1",
              """
              0.09646076681806523 0.01 0.4798896504144996
              1.379008574103742 -3.290069515436081 2.324710524099774
              """)
          .weights(
              """
              0.09646076681806523 0.01 0.4798896504144996
              1.379008574103742 -3.290069515436081 2.324710524099774
              """)
          .embedded(
              4,
              """
              0.09468075576583945 0.009183565540343254 0.4877705284247616
              1.234297566930479 -2.7077123499835256 1.866628418170587 1/66
              """)
          .correction(
              """
              -1.0530884977290216 0.1017 2.490627285651252793 -16.54810288924490272
              47.37952196281928122 -34.87065786149660974 2.5
              """)
          .tableau();

  /** All of them, by rising order. */
  static List<Tableau> all() {
    return List.of(
        EULER, MIDPOINT, HEUN, RALSTON, BOSH3, RK4, DOPRI5, TSIT5, DormandPrince853.TABLEAU);
  }
}
