package io.cleave.testbed.exits;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.testbed.UserError;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks a model with exits about labelled images, with ONNX Runtime as agents do. */
public final class ExitEvaluation {
  private static final int AT_ONCE = 250;

  private ExitEvaluation() {}

  /**
   * All exits' answers to all images.
   *
   * @param model an ONNX file's content, whose outputs are its exits
   * @throws UserError if the engine refuses it
   */
  public static ExitAnswers of(byte[] model, LabelledImages images, int classes) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(model, options)) {
        List<float[]> logits = new ArrayList<>();
        session.getOutputNames().forEach(output -> logits.add(new float[images.count() * classes]));
        for (int from = 0; from < images.count(); from += AT_ONCE) {
          ask(environment, session, images, from, logits);
        }
        return new ExitAnswers(
            classes,
            logits.stream().map(each -> ExitAnswers.Answers.of(each, images, classes)).toList());
      }
    } catch (OrtException error) {
      throw new UserError("ONNX Runtime refuses the model: " + error.getMessage());
    }
  }

  private static void ask(
      OrtEnvironment environment,
      OrtSession session,
      LabelledImages images,
      int from,
      List<float[]> logits)
      throws OrtException {
    int to = Math.min(images.count(), from + AT_ONCE);
    float[] content = new float[(to - from) * images.pixelsEach()];
    for (int i = from; i < to; i++) {
      images.copyTo(i, content, (i - from) * images.pixelsEach());
    }
    long[] shape = {to - from, images.views(), images.height(), images.width()};
    String input = session.getInputNames().iterator().next();
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(content), shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      for (int exit = 0; exit < logits.size(); exit++) {
        OnnxTensor answer = (OnnxTensor) result.get(exit);
        FloatBuffer values = answer.getFloatBuffer();
        values.get(logits.get(exit), from * (values.limit() / (to - from)), values.limit());
      }
    }
  }
}
