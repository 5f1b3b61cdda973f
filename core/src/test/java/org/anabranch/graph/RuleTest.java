package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule: what it makes of a value, and the near miss that it leaves alone. */
class RuleTest {
  private static final Value X = Value.input("x", Type.perSample(4));
  private static final Value Y = Value.input("y", Type.perSample(2));
  private static final Value V = Value.input("v", Type.perSample(4));
  private static final Value Z = Value.input("z", Type.perSample(4).wide());
  private static final Value C = Value.input("c", Type.shared(Shape.vector(2)));
  private static final Value S = Value.input("s", Type.perSampleScalar());
  private static final Value R = Value.input("r", Type.perSampleScalar());
  private static final Value P = Value.parameter("w", Shape.matrix(4, 4)).appliedTo(X);
  private static final Value B = Value.parameter("b", Shape.vector(4));
  private static final Value SUM = Value.of(new Operation.RowSum(X));

  private static Value k(double value) {
    return Value.constant(value);
  }

  private static Value wide(double value) {
    return Value.constant(value, Precision.WIDE);
  }

  private static Value vector(Double... values) {
    return Value.constant(List.of(values));
  }

  private static Value zeros(int size) {
    return Value.zeros(Shape.vector(size));
  }

  private static Value join(Value... parts) {
    return Value.of(new Operation.Concatenate(List.of(parts)));
  }

  private static Arguments row(Rule rule, Value before, Value after) {
    return Arguments.of(rule, before, after);
  }

  static Stream<Arguments> rewritings() {
    Rule arithmetic = new ConstantArithmetic();
    Rule neutral = new NeutralOperand();
    Rule sum = new SignedSum();
    Rule product = new SignedProduct();
    Rule lifted = new LiftedBroadcast();
    return Stream.of(
        row(new TransposedMatrix(), V.outer(Y).transposed().appliedTo(X), Y.outer(V).appliedTo(X)),
        row(new TransposedMatrix(), V.outer(Y).transposed(), Y.outer(V)),
        row(new TransposedMatrix(), V.outer(Y).transposed().flattened(), Y.outer(V).flattened()),
        row(
            new TransposedMatrix(),
            V.outer(Y).plus(X.outer(C)).transposed(),
            Y.outer(V).plus(C.outer(X))),
        row(
            new TransposedMatrix(),
            join(X, V).reshaped(Shape.matrix(2, 4)).transposed().appliedTo(Y),
            Value.of(new BatchProduct(join(X, V).reshaped(Shape.matrix(2, 4)), Y, true))),
        row(arithmetic, X.times(k(0.5).plus(k(1.5))), X.times(2)),
        row(arithmetic, X.times(k(1).dividedBy(k(3))), X.times(1 / 3.0)),
        row(arithmetic, Z.times(wide(0.1).plus(wide(0.2))), Z.times(0.1 + 0.2)),
        row(arithmetic, X.times(wide(0.1).narrowed()), X.times(0.1)),
        row(arithmetic, Z.times(k(0.5).widened()), Z.times(0.5)),
        row(arithmetic, X.times(k(2).lessThan(k(3))), X.times(1)),
        row(
            arithmetic,
            X.times(vector(4.0, 9.0, 1.0, 0.0).sqrt()),
            X.times(vector(2.0, 3.0, 1.0, 0.0))),
        row(new ConstantShape(), k(3).broadcast(4).plus(X), vector(3.0, 3.0, 3.0, 3.0).plus(X)),
        row(
            new ConstantShape(),
            join(vector(1.0, 2.0), k(3).broadcast(2)).plus(X),
            vector(1.0, 2.0, 3.0, 3.0).plus(X)),
        row(
            new ConstantShape(),
            vector(1.0, 2.0, 3.0).slice(1, 2).plus(Y),
            vector(2.0, 3.0).plus(Y)),
        row(new Detachment(), X.detached().exp(), X.exp()),
        row(new CastChain(), X.widened().narrowed().exp(), X.exp()),
        row(new CastChain(), Value.of(new Operation.Cast(Z, Precision.WIDE)).exp(), Z.exp()),
        row(new KnownMask(), k(1).select(X, V), X),
        row(new KnownMask(), vector(0.0, -0.0, 0.0, 0.0).select(X, V), V),
        row(new KnownMask(), S.select(X, X), X),
        row(neutral, X.times(1), X),
        row(neutral, vector(1.0, 1.0, 1.0, 1.0).times(X), X),
        row(neutral, Z.dividedBy(wide(1)), Z),
        row(neutral, X.minus(k(0)), X),
        row(neutral, X.plus(-0.0), X),
        row(neutral, X.square().plus(0), X.square()),
        row(neutral, zeros(4).plus(X.plus(0)), X.plus(0)),
        row(new DoubleNegation(), X.negated().negated(), X),
        row(new DoubleNegation(), X.negated().square(), X.square()),
        row(new DoubleNegation(), X.square().absolute(), X.square()),
        row(sum, X.plus(V.negated()), X.minus(V)),
        row(sum, X.minus(V.negated()), X.plus(V)),
        row(sum, X.negated().plus(V), V.minus(X)),
        row(sum, P.minus(B.negated()), B.plus(P)),
        row(product, X.times(-1), X.negated()),
        row(product, X.negated().times(V.negated()), X.times(V)),
        row(product, X.negated().times(3), X.times(-3)),
        row(product, k(3).dividedBy(X.negated()), k(-3).dividedBy(X)),
        row(product, X.times(0.3).negated(), X.times(-0.3)),
        row(new DivisionByPowerOfTwo(), X.dividedBy(k(8)), X.times(0.125)),
        row(new DivisionByPowerOfTwo(), Z.dividedBy(wide(-0.25)), Z.times(-4)),
        row(new ScalarOperand(), X.times(S.broadcast(4)), X.times(S)),
        row(new ScalarOperand(), vector(3.0, 3.0, 3.0, 3.0).minus(X), k(3).minus(X)),
        row(lifted, S.broadcast(4).tanh(), S.tanh().broadcast(4)),
        row(lifted, S.broadcast(4).times(R), S.times(R).broadcast(4)),
        row(lifted, S.broadcast(4).widened(), S.widened().broadcast(4)),
        row(new NestedSlice(), X.slice(1, 3).slice(1, 2), X.slice(2, 2)),
        row(new NestedSlice(), S.broadcast(4).slice(1, 2), S.broadcast(2)),
        row(new SliceOfConcatenate(), join(X, Y).slice(4, 2), Y),
        row(new SliceOfConcatenate(), join(X, Y).slice(3, 2), join(X.slice(3, 1), Y.slice(0, 1))),
        row(new NestedConcatenate(), join(join(X, Y), V), join(X, Y, V)),
        row(new AdjacentParts(), join(X.slice(1, 1), X.slice(2, 2), Y), join(X.slice(1, 3), Y)),
        row(new AdjacentParts(), join(X.slice(0, 1), X.slice(1, 3)), X),
        row(new AdjacentParts(), join(S.broadcast(1), S.broadcast(2)), S.broadcast(3)),
        row(new AdjacentParts(), join(zeros(1), vector(2.0), X), join(vector(0.0, 2.0), X)),
        row(
            new DisjointPads(),
            join(X, zeros(2)).plus(join(zeros(4), Y)),
            join(X.plus(0), Y.plus(0))),
        row(
            new DisjointPads(),
            join(zeros(5), Y, zeros(2)).plus(join(X, zeros(5))),
            join(X.plus(0), zeros(1), Y.plus(0), zeros(2))));
  }

  static Stream<Arguments> nearMisses() {
    return Stream.of(
        Arguments.of(new TransposedMatrix(), join(X, V).reshaped(Shape.matrix(2, 4)).transposed()),
        Arguments.of(
            new TransposedMatrix(),
            join(X, V)
                .gather(List.of(0, 4, 1, 5, 2, 6, 7, 3))
                .reshaped(Shape.matrix(4, 2))
                .appliedTo(Y)),
        Arguments.of(new ConstantArithmetic(), X.times(k(0.1).plus(k(0.6)))),
        Arguments.of(new ConstantArithmetic(), Z.times(k(0.1).widened())),
        Arguments.of(new ConstantArithmetic(), X.times(k(2).exp())),
        Arguments.of(new ConstantArithmetic(), X.times(k(1e-300).unary(UnaryFunction.STEP))),
        Arguments.of(
            new ConstantArithmetic(), X.times(k(0).binary(BinaryFunction.MAXIMUM, k(-0.0)))),
        Arguments.of(new ConstantShape(), join(vector(1.0, 2.0), Y)),
        Arguments.of(new Detachment(), SUM.detached()),
        Arguments.of(new CastChain(), Z.narrowed().widened()),
        Arguments.of(new KnownMask(), k(1e-300).select(X, V)),
        Arguments.of(new KnownMask(), vector(1.0, 0.0, 1.0, 1.0).select(X, V)),
        Arguments.of(new KnownMask(), k(1).select(S, X)),
        Arguments.of(new NeutralOperand(), X.plus(0)),
        Arguments.of(new NeutralOperand(), X.minus(k(-0.0))),
        Arguments.of(new NeutralOperand(), X.times(0)),
        Arguments.of(new NeutralOperand(), X.times(1 + 1e-12)),
        Arguments.of(new NeutralOperand(), k(1).dividedBy(X)),
        Arguments.of(new NeutralOperand(), k(0).minus(X)),
        Arguments.of(new NeutralOperand(), S.times(vector(1.0, 1.0))),
        Arguments.of(new NeutralOperand(), X.times(V).plus(0)),
        Arguments.of(new NeutralOperand(), P.plus(vector(-0.0, -0.0, -0.0, -0.0))),
        Arguments.of(new DoubleNegation(), X.minus(V).negated()),
        Arguments.of(new DoubleNegation(), X.absolute().negated()),
        Arguments.of(new SignedSum(), P.plus(B.negated())),
        Arguments.of(new SignedSum(), X.negated().minus(V)),
        Arguments.of(new SignedProduct(), X.negated().times(V)),
        Arguments.of(new SignedProduct(), S.times(vector(-1.0, -1.0))),
        Arguments.of(new DivisionByPowerOfTwo(), X.dividedBy(k(3))),
        Arguments.of(new DivisionByPowerOfTwo(), X.dividedBy(k(Math.scalb(1.0, 127)))),
        Arguments.of(new ScalarOperand(), P.plus(B.sum().broadcast(4))),
        Arguments.of(new ScalarOperand(), S.times(R.broadcast(4))),
        Arguments.of(new LiftedBroadcast(), S.broadcast(4).sum()),
        Arguments.of(new LiftedBroadcast(), S.broadcast(4).times(X)),
        Arguments.of(new NestedSlice(), X.tanh().slice(1, 2)),
        Arguments.of(new SliceOfConcatenate(), join(C, X).slice(0, 2)),
        Arguments.of(new NestedConcatenate(), join(X.tanh(), Y)),
        Arguments.of(new AdjacentParts(), join(X.slice(0, 1), X.slice(2, 1))),
        Arguments.of(new AdjacentParts(), join(X.slice(0, 1), V.slice(1, 1))),
        Arguments.of(new AdjacentParts(), join(S.broadcast(1), R.broadcast(1))),
        Arguments.of(new DisjointPads(), join(X, Y).plus(join(zeros(4), Y))),
        Arguments.of(new DisjointPads(), join(X, zeros(2)).minus(join(zeros(4), Y))),
        Arguments.of(new DisjointPads(), join(X, vector(-0.0, -0.0)).plus(join(zeros(4), Y))));
  }

  /** What the near misses guard against: each differs in some bit of some backend. */
  static Stream<Arguments> wrongRewritings() {
    Value floats = Value.constant((double) 0.1f);
    return Stream.of(
        Arguments.of(X.times(k(0.1).plus(k(0.6))), X.times(0.1 + 0.6)),
        Arguments.of(Z.times(k(0.1).widened()), Z.times(0.1)),
        Arguments.of(X.times(floats), X.times(0.1)),
        Arguments.of(Z.narrowed().widened(), Z),
        Arguments.of(k(1e-300).select(X, V), X),
        Arguments.of(X.plus(0), X),
        Arguments.of(X.minus(k(-0.0)), X),
        Arguments.of(X.times(0), zeros(4).plus(X.square().times(0).select(k(0), k(0)))),
        Arguments.of(X.times(1 + 1e-12), X),
        Arguments.of(X.times(V).plus(0), X.times(V)),
        Arguments.of(X.minus(V).negated(), V.minus(X)),
        Arguments.of(P.minus(B.negated()), P.plus(B)),
        Arguments.of(P.plus(B.negated()), P.minus(B)),
        Arguments.of(X.dividedBy(k(3)), X.times(1 / 3.0)),
        Arguments.of(S.broadcast(7).sum(), S.times(7)),
        Arguments.of(join(X, zeros(2)).plus(join(zeros(4), Y)), join(X, Y)));
  }

  private static Graph graph(Value y) {
    return Graph.of("g", List.of(X, Y, V, Z, C, S, R), Map.of("y", y));
  }

  /** Whether two graphs are the same expression. */
  private static boolean same(Graph a, Graph b) {
    Map<String, Value> both = new LinkedHashMap<>();
    both.put("a", a.output("y"));
    both.put("b", b.output("y"));
    Graph shared = Graph.of("both", List.of(X, Y, V, Z, C, S, R), both);
    return shared.output("a") == shared.output("b");
  }

  @ParameterizedTest
  @MethodSource("rewritings")
  void ruleRewritesAndKeepsTheBits(Rule rule, Value before, Value after) {
    Graph rewritten = Simplification.by(List.of(rule), graph(before));
    assertThat(same(rewritten, graph(after))).as("%s%n%s", rule, rewritten).isTrue();
    RewriteVerifier.verify(graph(before), rewritten);
  }

  @ParameterizedTest
  @MethodSource("nearMisses")
  void ruleLeavesTheNearMissAlone(Rule rule, Value value) {
    Graph rewritten = Simplification.by(List.of(rule), graph(value));
    assertThat(same(rewritten, graph(value))).as("%s%n%s", rule, rewritten).isTrue();
  }

  @ParameterizedTest
  @MethodSource("wrongRewritings")
  void theVerifierSeesAWrongRewriting(Value before, Value after) {
    Graph a = graph(before);
    Graph b = graph(after);
    assertThatThrownBy(() -> RewriteVerifier.verify(a, b)).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @MethodSource("rewritings")
  void allRulesTogetherKeepTheBits(Rule rule, Value before, Value after) {
    Graph rewritten = Simplification.of(graph(before));
    assertThat(Simplification.RULES).anyMatch(r -> r.getClass() == rule.getClass());
    assertThat(rewritten.order()).hasSizeLessThanOrEqualTo(graph(after).order().size());
    RewriteVerifier.verify(graph(before), rewritten);
  }
}
