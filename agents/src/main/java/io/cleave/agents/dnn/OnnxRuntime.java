package io.cleave.agents.dnn;

import ai.djl.engine.Engine;

/** The engine that runs slices: ONNX Runtime, reached through DJL. */
final class OnnxRuntime {
  private OnnxRuntime() {}

  /**
   * The engine, made at the first call. DJL must be the one that makes ONNX Runtime's environment,
   * must load nothing from elsewhere, and has no second engine to help it out.
   */
  static Engine engine() {
    return Holder.ENGINE;
  }

  private static final class Holder {
    static final Engine ENGINE = make();

    private static Engine make() {
      System.setProperty("ai.djl.offline", "true");
      System.setProperty("OPT_OUT_TRACKING", "true");
      System.setProperty("ai.djl.onnx.disable_alternative", "true");
      return Engine.getEngine("OnnxRuntime");
    }
  }
}
