package org.anabranch.gradient;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.solver.Event;
import org.anabranch.solver.Event.Direction;
import org.anabranch.solver.Jump;

/** A ball with the gravity g that bounces with the share e of its speed: (height, speed). */
final class FallingBall {
  static final ParameterLayout LAYOUT =
      ParameterLayout.of(new TreeMap<>(Map.of("e", Shape.scalar(), "g", Shape.scalar())));

  static final Field FALL =
      Field.of(
          2,
          (t, y) ->
              Value.concatenate(
                  List.of(
                      y.slice(1, 1),
                      y.slice(1, 1)
                          .times(0)
                          .minus(Value.parameter("g", Shape.scalar()).broadcast(1)))));

  static final Jump BOUNCE =
      Jump.of(
          2,
          (t, y) ->
              Value.concatenate(
                  List.of(
                      y.slice(0, 1),
                      y.slice(1, 1).times(Value.parameter("e", Shape.scalar())).negated())));

  static final Event GROUND = Event.of(2, Direction.FALLING, false, (t, y) -> y.slice(0, 1).sum());

  private FallingBall() {}
}
