package org.anabranch.solver;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.anabranch.graph.Value;

/**
 * The non-stiff problems A to E of DETEST (Hull, Enright, Fellen and Sedgwick 1972, Comparing
 * numerical methods for ordinary differential equations, SIAM J. Numer. Anal. 9), all over [0, 20],
 * with the solutions that Enright and Pryce (1987, ACM TOMS 13, algorithm 648, routine {@code
 * EVALU}) give.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the digits of the paper
final class Detest {
  private static final double[] FIRST_OF_TEN = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  private Detest() {}

  static Stream<TestProblem> all() {
    return Stream.of(
            single(), small(), moderate(), Stream.of(FiveBodies.PROBLEM), orbits(), higher())
        .flatMap(problems -> problems);
  }

  private static Value part(Value y, int i) {
    return y.slice(i, 1);
  }

  private static Value of(Value... parts) {
    return Value.concatenate(List.of(parts));
  }

  private static double[] numbers(double... numbers) {
    return numbers;
  }

  private static Stream<TestProblem> single() {
    return Stream.of(
        TestProblem.of("A1", 20, numbers(1), numbers(2.061153353012535e-9), (t, y) -> y.negated()),
        TestProblem.of(
            "A2", 20, numbers(1), numbers(0.2182178902359887), (t, y) -> y.power(3).times(-0.5)),
        TestProblem.of(
            "A3", 20, numbers(1), numbers(2.491650271850414), (t, y) -> y.times(t.cos())),
        TestProblem.of(
            "A4",
            20,
            numbers(1),
            numbers(17.73016648131483),
            (t, y) -> y.times(0.25).minus(y.square().times(1.0 / 80))),
        TestProblem.of(
            "A5",
            20,
            numbers(4),
            numbers(-0.7887826688964196),
            (t, y) -> y.minus(t).dividedBy(y.plus(t))));
  }

  private static Stream<TestProblem> small() {
    return Stream.of(
        TestProblem.of(
            "B1",
            20,
            numbers(1, 3),
            numbers(0.6761876008576667, 0.1860816099640036),
            (t, y) -> {
              Value eaten = part(y, 0).times(part(y, 1));
              return of(part(y, 0).minus(eaten).times(2), eaten.minus(part(y, 1)));
            }),
        TestProblem.of(
            "B2",
            20,
            numbers(2, 0, 1),
            numbers(1.000000001030576, 1, 0.9999999989694235),
            (t, y) -> {
              Value left = part(y, 1).minus(part(y, 0));
              Value right = part(y, 1).minus(part(y, 2));
              return of(left, left.plus(right).negated(), right);
            }),
        TestProblem.of(
            "B3",
            20,
            numbers(1, 0, 0),
            numbers(2.061153488557776e-9, 5.257228022048349e-2, 0.9474277177183630),
            (t, y) -> {
              Value second = part(y, 1).square();
              return of(part(y, 0).negated(), part(y, 0).minus(second), second);
            }),
        TestProblem.of(
            "B4",
            20,
            numbers(3, 0, 0),
            numbers(0.9826950928005993, 2.198447081694832, 0.9129452507276399),
            (t, y) -> {
              Value r = part(y, 0).square().plus(part(y, 1).square()).sqrt();
              Value cosine = part(y, 0).dividedBy(r);
              Value sine = part(y, 1).dividedBy(r);
              return of(
                  part(y, 1).negated().minus(cosine.times(part(y, 2))),
                  part(y, 0).minus(sine.times(part(y, 2))),
                  cosine);
            }),
        TestProblem.of(
            "B5",
            20,
            numbers(0, 1, 1),
            numbers(-0.9396570798729192, -0.3421177754000779, 0.7414126596199957),
            (t, y) ->
                of(
                    part(y, 1).times(part(y, 2)),
                    part(y, 0).times(part(y, 2)).negated(),
                    part(y, 0).times(part(y, 1)).times(-0.51))));
  }

  /** Each component's neighbour before it, 0 before the first. */
  private static Value before(Value y, int size) {
    return of(part(y, 0).times(0), y.slice(0, size - 1));
  }

  private static Value after(Value y, int size) {
    return of(y.slice(1, size - 1), part(y, 0).times(0));
  }

  private static Value heat(Value y, int size) {
    return before(y, size).plus(after(y, size)).minus(y.times(2));
  }

  private static Stream<TestProblem> moderate() {
    return Stream.of(
        TestProblem.of(
            "C1",
            20,
            FIRST_OF_TEN,
            numbers(
                2.061153622240064e-9,
                4.122307244619555e-8,
                4.122307244716968e-7,
                2.748204829855288e-6,
                1.374102414941961e-5,
                5.496409659803266e-5,
                1.832136553274552e-4,
                5.234675866508716e-4,
                1.308668966628220e-3,
                9.979127409508656e-1),
            (t, y) -> before(y, 10).minus(of(y.slice(0, 9), part(y, 9).times(0)))),
        TestProblem.of(
            "C2",
            20,
            FIRST_OF_TEN,
            numbers(
                2.061153577984930e-9,
                2.061153573736588e-9,
                2.061153569488245e-9,
                2.061153565239902e-9,
                2.061153560991560e-9,
                2.061153556743217e-9,
                2.061153552494874e-9,
                2.061153548246532e-9,
                2.061153543998189e-9,
                9.999999814496180e-1),
            (t, y) -> {
              Value rates = Value.constant(List.of(1., 2., 3., 4., 5., 6., 7., 8., 9., 0.));
              Value flow = y.times(rates);
              return before(flow, 10).minus(flow);
            }),
        TestProblem.of(
            "C3",
            20,
            FIRST_OF_TEN,
            numbers(
                2.948119211022058e-3,
                5.635380154844266e-3,
                7.829072515926013e-3,
                9.348257908594937e-3,
                1.007943610301970e-2,
                9.982674171429909e-3,
                9.088693332766085e-3,
                7.489115195185912e-3,
                5.322964130953349e-3,
                2.762434379029886e-3),
            (t, y) -> heat(y, 10)),
        TestProblem.of("C4", 20, Arrays.copyOf(FIRST_OF_TEN, 51), ROD, (t, y) -> heat(y, 51)));
  }

  /** Of two bodies with eccentricities 0.1, 0.3, …, 0.9. */
  private static Stream<TestProblem> orbits() {
    return Stream.of(
        orbit(
            "D1",
            0.1,
            0.2198835352008397,
            0.9427076846341813,
            -0.9787659841058176,
            0.3287977990962036),
        orbit(
            "D2",
            0.3,
            -0.1777027357140412,
            0.9467784719905892,
            -1.030294163192969,
            0.1211074890053952),
        orbit(
            "D3",
            0.5,
            -0.5780432953035361,
            0.8633840009194193,
            -0.9595083730380727,
            -6.504915126712089e-2),
        orbit(
            "D4",
            0.7,
            -0.9538990293416394,
            0.6907409024219432,
            -0.8212674270877433,
            -0.1539574259125825),
        orbit(
            "D5",
            0.9,
            -1.295266250987574,
            0.4003938963792321,
            -0.6775390924707566,
            -0.1270838154278686));
  }

  private static TestProblem orbit(String name, double eccentricity, double... solution) {
    double speed = Math.sqrt((1 + eccentricity) / (1 - eccentricity));
    return TestProblem.of(
        name,
        20,
        numbers(1 - eccentricity, 0, 0, speed),
        solution,
        (t, y) -> {
          Value square = part(y, 0).square().plus(part(y, 1).square());
          Value cube = square.times(square.sqrt());
          return of(
              part(y, 2),
              part(y, 3),
              part(y, 0).dividedBy(cube).negated(),
              part(y, 1).dividedBy(cube).negated());
        });
  }

  private static Stream<TestProblem> higher() {
    return Stream.of(
        TestProblem.of(
            "E1",
            20,
            numbers(0.6713967071418030, 0.09540051444747446),
            numbers(0.1456723600728308, -9.883500195574063e-2),
            (t, y) -> {
              Value s = t.plus(1);
              Value force = part(y, 0).minus(part(y, 0).times(0.25).dividedBy(s.square()));
              return of(part(y, 1), part(y, 1).dividedBy(s).plus(force).negated());
            }),
        TestProblem.of(
            "E2",
            20,
            numbers(2, 0),
            numbers(2.008149762174948, -4.250887527320057e-2),
            (t, y) -> {
              Value damping = part(y, 1).minus(part(y, 0).square().times(part(y, 1)));
              return of(part(y, 1), damping.minus(part(y, 0)));
            }),
        TestProblem.of(
            "E3",
            20,
            numbers(0, 0),
            numbers(-0.1004178858647128, 0.2411400132095954),
            (t, y) -> {
              Value spring = part(y, 0).power(3).times(1.0 / 6).minus(part(y, 0));
              return of(part(y, 1), spring.plus(t.times(2.78535).sin().times(2)));
            }),
        TestProblem.of(
            "E4",
            20,
            numbers(30, 0),
            numbers(33.95091444646555, 0.2767822659672869),
            (t, y) -> of(part(y, 1), part(y, 1).square().times(-0.4).plus(0.032))),
        TestProblem.of(
            "E5",
            20,
            numbers(0, 0),
            numbers(14.11797390542629, 2.4),
            (t, y) -> {
              Value length = part(y, 1).square().plus(1).sqrt();
              return of(part(y, 1), length.dividedBy(t.negated().plus(25)));
            }));
  }

  private static final double[] ROD = {
    3.124111453721466e-3,
    6.015416842150318e-3,
    8.470021834842650e-3,
    1.033682931733337e-2,
    1.153249572873923e-2,
    1.204549525737964e-2,
    1.192957068015293e-2,
    1.128883207111195e-2,
    1.025804501391024e-2,
    8.982017581934167e-3,
    7.597500902492453e-3,
    6.219920556824985e-3,
    4.935916341009131e-3,
    3.801432544256119e-3,
    2.844213677587894e-3,
    2.069123394222672e-3,
    1.464687282843915e-3,
    1.009545263941126e-3,
    6.779354330227017e-4,
    4.437815269118510e-4,
    2.833264542938954e-4,
    1.765005798796805e-4,
    1.073342592697238e-4,
    6.374497601777217e-5,
    3.698645309704183e-5,
    2.097466832643746e-5,
    1.162956710412555e-5,
    6.306710405783322e-6,
    3.346286430868515e-6,
    1.737760074184334e-6,
    8.835366904275847e-7,
    4.399520411127637e-7,
    2.146181897152360e-7,
    1.025981211654928e-7,
    4.807864068784215e-8,
    2.209175152474847e-8,
    9.956251263138180e-9,
    4.402193653748924e-9,
    1.910149382204028e-9,
    8.135892921473050e-10,
    3.402477118549235e-10,
    1.397485617545782e-10,
    5.638575303049199e-11,
    2.235459707956947e-11,
    8.710498036398032e-12,
    3.336554275346643e-12,
    1.256679567784939e-12,
    4.654359053128788e-13,
    1.693559145599857e-13,
    5.996593816663054e-14,
    1.891330702629865e-14
  };
}
