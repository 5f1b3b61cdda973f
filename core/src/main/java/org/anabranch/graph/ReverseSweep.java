package org.anabranch.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Carries cotangents from outputs to inputs: one rule for each operation. */
final class ReverseSweep {
  private final Set<Value> active;
  private final Map<Value, Value> cotangents = new IdentityHashMap<>();
  private final List<Accumulation> accumulations = new ArrayList<>();
  private final CallSites sites;
  private final Map<CallPullback.Key, CallPullback> products = new HashMap<>();

  ReverseSweep(Set<Value> active, CallSites sites) {
    this.active = active;
    this.sites = sites;
  }

  List<Accumulation> accumulations() {
    return accumulations;
  }

  Value cotangent(Value value) {
    Value cotangent = cotangents.get(value);
    return cotangent == null ? Value.zeros(value.type().shape()) : cotangent;
  }

  /**
   * Adds to the cotangent of a value, in the value's own extent and shape: summed where the value
   * has fewer numbers, repeated where it has more.
   */
  void add(Value value, Value cotangent) {
    if (!active.contains(value)) {
      return;
    }
    Value fitted = Differentiation.forSamplesOf(value, fit(cotangent, value.type()));
    if (value.operation() instanceof Operation.Parameter parameter) {
      accumulations.add(new Accumulation(parameter.name(), fitted));
    } else {
      cotangents.merge(value, fitted, Value::plus);
    }
  }

  private static Value fit(Value cotangent, Type type) {
    Value fitted = cotangent;
    if (type.shape().isScalar() && !fitted.type().shape().isScalar()) {
      fitted = fitted.sum();
    } else if (!type.shape().isScalar() && fitted.type().shape().isScalar()) {
      fitted = fitted.broadcast(type.shape().size()).reshaped(type.shape());
    }
    if (!type.isPerSample() && fitted.type().isPerSample()) {
      fitted = Value.of(new Operation.RowSum(fitted));
    }
    return fitted;
  }

  void visit(Value value) {
    Value cotangent = cotangents.get(value);
    if (value.operation() instanceof Call call) {
      visit(call, sites.startedBy(value, call));
    } else if (cotangent != null) {
      value.operation().match(new Rules(value, cotangent));
    }
  }

  /** The product of a call is a call of the product, one for all outputs with a cotangent. */
  private void visit(Call call, List<Value> site) {
    Map<String, Type> types = new LinkedHashMap<>();
    List<Value> arguments = new ArrayList<>(call.arguments());
    Map<String, Value> found = new HashMap<>();
    for (Value output : site) {
      Value cotangent = cotangents.get(output);
      if (cotangent != null && output.operation() instanceof Call projection) {
        found.put(projection.output(), cotangent);
      }
    }
    for (String output : call.graph().outputs().keySet()) {
      Value cotangent = found.get(output); // in the body's order, as equal keys must mean
      if (cotangent != null) {
        types.put(output, cotangent.type());
        arguments.add(cotangent);
      }
    }
    if (types.isEmpty()) {
      return;
    }
    Map<String, Value> named = call.named();
    List<String> wanted =
        named.keySet().stream().filter(name -> active.contains(named.get(name))).toList();
    CallPullback pullback =
        products.computeIfAbsent(
            new CallPullback.Key(call.graph(), types, wanted), CallPullback::of);
    pullback
        .results()
        .forEach(
            (name, output) -> {
              Value argument = Objects.requireNonNull(named.get(name));
              add(argument, Value.of(new Call(pullback.product(), arguments, output)));
            });
    for (CallPullback.Term term : pullback.terms()) {
      Value sum = Value.of(new Call(pullback.product(), arguments, term.output()));
      accumulations.add(new Accumulation(term.parameter(), sum));
    }
  }

  /** The rule of each operation for one value y and its cotangent c. */
  private final class Rules implements Operation.Cases<Boolean> {
    private final Value y;
    private final Value c;

    Rules(Value y, Value c) {
      this.y = y;
      this.c = c;
    }

    @Override
    public Boolean input(Operation.Input operation) {
      return true;
    }

    @Override
    public Boolean parameter(Operation.Parameter operation) {
      return true;
    }

    @Override
    public Boolean constant(Operation.Constant operation) {
      return true;
    }

    @Override
    public Boolean unary(Operation.Unary operation) {
      if (operation.function() == UnaryFunction.NEGATE) {
        add(operation.x(), c.negated());
      } else {
        Value x = operation.x().narrowed();
        add(
            operation.x(),
            c.times(Differentiation.derivative(operation.function(), x, y.narrowed())));
      }
      return true;
    }

    @Override
    public Boolean binary(Operation.Binary operation) {
      Value a = operation.a();
      Value b = operation.b();
      switch (operation.function()) {
        case ADD -> {
          add(a, c);
          add(b, c);
        }
        case SUBTRACT -> {
          add(a, c);
          if (active.contains(b)) {
            add(b, c.negated());
          }
        }
        case MULTIPLY -> {
          multiplied(a, b);
          multiplied(b, a);
        }
        case DIVIDE -> {
          if (active.contains(a)) {
            add(a, c.dividedBy(b.narrowed()));
          }
          if (active.contains(b)) {
            add(b, c.times(y.narrowed()).dividedBy(b.narrowed()).negated());
          }
        }
        case MINIMUM -> chosen(a.lessThan(b).narrowed(), a, b);
        case MAXIMUM -> chosen(b.lessThan(a).narrowed(), a, b);
        case LESS, LESS_OR_EQUAL, EQUAL -> {}
        case POWER -> power(a.narrowed(), b.narrowed(), operation);
      }
      return true;
    }

    private void power(Value a, Value b, Operation.Binary operation) {
      if (active.contains(operation.a())) {
        add(operation.a(), c.times(Differentiation.byBase(a, b)));
      }
      if (active.contains(operation.b())) {
        add(operation.b(), c.times(Differentiation.byExponent(a, y.narrowed())));
      }
    }

    private void multiplied(Value operand, Value other) {
      if (active.contains(operand)) {
        add(operand, c.times(other.narrowed()));
      }
    }

    private void chosen(Value mask, Value a, Value b) {
      Value zero = Value.constant(0);
      if (active.contains(a)) {
        add(a, mask.select(c, zero));
      }
      if (active.contains(b)) {
        add(b, mask.select(zero, c));
      }
    }

    @Override
    public Boolean select(Operation.Select operation) {
      chosen(operation.mask().narrowed(), operation.a(), operation.b());
      return true;
    }

    @Override
    public Boolean product(Operation.Product operation) {
      Value matrix = operation.matrix();
      Value x = operation.x();
      if (active.contains(matrix)) {
        Value left = operation.transposed() ? x : c;
        Value right = operation.transposed() ? c : x;
        add(matrix, Value.of(new Operation.RowProduct(left, right)));
      }
      if (active.contains(x)) {
        add(x, Value.of(new Operation.Product(matrix, c, !operation.transposed())));
      }
      return true;
    }

    @Override
    public Boolean rowProduct(Operation.RowProduct operation) {
      if (active.contains(operation.a())) {
        add(operation.a(), c.appliedTo(operation.b()));
      }
      if (active.contains(operation.b())) {
        add(operation.b(), c.transposeAppliedTo(operation.a()));
      }
      return true;
    }

    @Override
    public Boolean rowSum(Operation.RowSum operation) {
      add(operation.x(), c);
      return true;
    }

    @Override
    public Boolean reduction(Operation.Reduction operation) {
      Value x = operation.x();
      Shape shape = x.type().shape();
      Value spread = c.broadcast(shape.size()).reshaped(shape);
      switch (operation.function()) {
        case SUM -> add(x, spread);
        case MAXIMUM -> {
          Value mask = x.equalTo(y);
          add(x, spread.times(mask).dividedBy(mask.sum()));
        }
      }
      return true;
    }

    @Override
    public Boolean broadcast(Operation.Broadcast operation) {
      add(operation.x(), c);
      return true;
    }

    @Override
    public Boolean concatenate(Operation.Concatenate operation) {
      int from = 0;
      for (Value part : operation.parts()) {
        int size = part.type().shape().size();
        if (active.contains(part)) {
          add(part, c.slice(from, size));
        }
        from += size;
      }
      return true;
    }

    @Override
    public Boolean slice(Operation.Slice operation) {
      int size = operation.x().type().shape().size();
      List<Value> parts = new ArrayList<>();
      if (operation.from() > 0) {
        parts.add(Value.zeros(Shape.vector(operation.from())));
      }
      parts.add(c);
      int rest = size - operation.from() - operation.size();
      if (rest > 0) {
        parts.add(Value.zeros(Shape.vector(rest)));
      }
      add(operation.x(), Value.concatenate(parts));
      return true;
    }

    @Override
    public Boolean cast(Operation.Cast operation) {
      add(operation.x(), c);
      return true;
    }

    @Override
    public Boolean roundToGrid(Operation.RoundToGrid operation) {
      add(operation.x(), c);
      return true;
    }

    @Override
    public Boolean batchProduct(BatchProduct operation) {
      Value a = operation.matrix();
      Value x = operation.x();
      if (active.contains(a)) {
        add(a, operation.transposed() ? x.outer(c) : c.outer(x));
      }
      if (active.contains(x)) {
        add(x, Value.of(new BatchProduct(a, c, !operation.transposed())));
      }
      return true;
    }

    @Override
    public Boolean outerProduct(OuterProduct operation) {
      if (active.contains(operation.a())) {
        add(operation.a(), Value.of(new BatchProduct(c, operation.b(), false)));
      }
      if (active.contains(operation.b())) {
        add(operation.b(), Value.of(new BatchProduct(c, operation.a(), true)));
      }
      return true;
    }

    @Override
    public Boolean reshape(Reshape operation) {
      add(operation.x(), c.reshaped(operation.x().type().shape()));
      return true;
    }

    @Override
    public Boolean gather(Gather operation) {
      int size = operation.x().type().shape().size();
      List<Integer> inverse = operation.inverse();
      boolean permutes = !inverse.isEmpty();
      add(operation.x(), permutes ? c.gather(inverse) : c.scatterAdd(operation.indices(), size));
      return true;
    }

    @Override
    public Boolean scatterAdd(ScatterAdd operation) {
      add(operation.x(), c.gather(operation.indices()));
      return true;
    }

    /** Aᵀ λ = c; λ for b and −λ xᵀ for A. */
    @Override
    public Boolean solve(Solve operation) {
      Value a = operation.matrix();
      Value lambda = Value.of(new Solve(a, c, !operation.transposed()));
      add(operation.b(), lambda);
      if (active.contains(a)) {
        Value minus = lambda.negated();
        add(a, operation.transposed() ? y.outer(minus) : minus.outer(y));
      }
      return true;
    }

    @Override
    public Boolean call(Call operation) {
      throw new AssertionError("calls are visited by their site");
    }

    @Override
    public Boolean detach(Operation.Detach operation) {
      return true;
    }
  }
}
