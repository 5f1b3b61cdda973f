package org.anabranch.solver;

import java.util.ArrayList;
import java.util.List;

/**
 * Butcher's order conditions, one for each rooted tree τ: Σ bᵢ Φᵢ(τ) = θ^|τ| / γ(τ) (Hairer,
 * Nørsett and Wanner 1993, II.2), in exact fractions.
 *
 * @param stages the coefficients aᵢⱼ
 */
record OrderConditions(List<List<Fraction>> stages) {
  /** A rooted tree: its subtrees, which are in the order of {@link #trees}. */
  private record Tree(int order, List<Tree> subtrees) {
    /** γ: the order times the γ of the subtrees. */
    Fraction density() {
      Fraction density = Fraction.of(order, 1);
      for (Tree subtree : subtrees) {
        density = density.times(subtree.density());
      }
      return density;
    }
  }

  /** The largest miss of a condition of an order by continuous weights at θ. */
  double miss(List<Fraction> weights, Fraction theta, int order) {
    double worst = 0;
    for (Tree tree : trees(order)) {
      List<Fraction> phi = elementaryWeights(tree);
      Fraction sum = Fraction.ZERO;
      for (int i = 0; i < weights.size(); i++) {
        sum = sum.plus(weights.get(i).times(phi.get(i)));
      }
      Fraction expected = inverse(tree.density());
      for (int i = 0; i < order; i++) {
        expected = expected.times(theta);
      }
      worst = Math.max(worst, Math.abs(sum.minus(expected).toDouble()));
    }
    return worst;
  }

  private static Fraction inverse(Fraction x) {
    return new Fraction(x.denominator(), x.numerator());
  }

  /** Φᵢ: the product over the subtrees of Σⱼ aᵢⱼ Φⱼ. */
  private List<Fraction> elementaryWeights(Tree tree) {
    List<Fraction> phi = new ArrayList<>();
    List<List<Fraction>> inner = tree.subtrees().stream().map(this::elementaryWeights).toList();
    for (List<Fraction> row : stages) {
      Fraction product = Fraction.ONE;
      for (List<Fraction> weights : inner) {
        Fraction sum = Fraction.ZERO;
        for (int j = 0; j < row.size(); j++) {
          sum = sum.plus(row.get(j).times(weights.get(j)));
        }
        product = product.times(sum);
      }
      phi.add(product);
    }
    return phi;
  }

  /** How many rooted trees there are of an order. */
  static int count(int order) {
    return trees(order).size();
  }

  private static List<Tree> trees(int order) {
    List<Tree> smaller = new ArrayList<>();
    for (int n = 1; n < order; n++) {
      smaller.addAll(trees(n));
    }
    List<Tree> trees = new ArrayList<>();
    forests(smaller, 0, order - 1, new ArrayList<>(), order, trees);
    return trees;
  }

  private static void forests(
      List<Tree> choices, int from, int left, List<Tree> chosen, int order, List<Tree> trees) {
    if (left == 0) {
      trees.add(new Tree(order, List.copyOf(chosen)));
      return;
    }
    for (int i = from; i < choices.size(); i++) {
      if (choices.get(i).order() <= left) {
        chosen.add(choices.get(i));
        forests(choices, i, left - choices.get(i).order(), chosen, order, trees);
        chosen.remove(chosen.size() - 1);
      }
    }
  }
}
