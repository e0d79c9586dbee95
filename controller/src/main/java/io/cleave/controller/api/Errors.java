package io.cleave.controller.api;

import io.cleave.controller.model.UploadRefused;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors as people and programs read them: a status and one line. */
final class Errors {
  private static final int TOO_LONG = 413;
  private static final int BAD = 400;

  /**
   * What an error says.
   *
   * @param error one line
   */
  record ErrorView(String error) {}

  /** An answer that says what was wrong. */
  static WebApplicationException refusal(int status, String why) {
    return new WebApplicationException(why, status);
  }

  @ServerExceptionMapper
  RestResponse<ErrorView> refused(WebApplicationException error) {
    return answer(error.getResponse().getStatus(), String.valueOf(error.getMessage()));
  }

  @ServerExceptionMapper
  RestResponse<ErrorView> refused(UploadRefused error) {
    return answer(error.tooLong() ? TOO_LONG : BAD, String.valueOf(error.getMessage()));
  }

  private static RestResponse<ErrorView> answer(int status, String why) {
    String line = why.replaceAll("\\s+", " ");
    return RestResponse.ResponseBuilder.create(
            Response.Status.fromStatusCode(status), new ErrorView(line))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }
}
