/** Imported before every JavaScript test: a warning of Node is an error, like one of Python. */
process.on("warning", (warning) => {
  throw warning;
});
