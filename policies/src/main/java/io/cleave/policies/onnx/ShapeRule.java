package io.cleave.policies.onnx;

import java.util.List;

/** Works out the outputs of one kind of operator from its inputs. */
@FunctionalInterface
interface ShapeRule {
  /**
   * The outputs in order, at least the first; liveness is settled by the caller.
   *
   * @throws ModelFormatException if the inputs do not fit the operator
   */
  List<Value> outputs(Operands in);
}
