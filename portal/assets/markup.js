/* Draws a tree of elements as plain HTML: one Dash component for a whole table, where one for each cell would have Dash
   ask thousands of components what changed whenever anything does. See portal/widgets/markup.py. */
(function () {
  "use strict";
  const TAGS =
    "A B Br Button Caption Code Col Colgroup Dd Details Div Dl Dt Em Figcaption Figure Footer Form H1 H2 H3 H4 Header I " +
    "Img Input Label Li Mark Nav Ol Option P Pre S Section Select Small Span Strong Sub Summary Sup Table Tbody Td Tfoot Th Thead " +
    "Time Tr Ul";
  const OF_DASH = ["children", "content", "id", "setProps", "componentPath", "_dashprivate_layout", "n_clicks"];

  function attributesOf(props) {
    const attributes = {};
    Object.keys(props).forEach(function (name) {
      if (OF_DASH.indexOf(name) < 0 && !/^(_dash|dash_)/.test(name)) attributes[name] = props[name];
    });
    if (typeof props.id === "string") attributes.id = props.id;
    return attributes;
  }

  function draw(node) {
    if (node === null || node === undefined || typeof node === "boolean") return null;
    if (Array.isArray(node)) return node.map(draw);
    if (typeof node !== "object") return node;
    return drawElement(node.type, node.props);
  }

  function drawElement(type, props) {
    const content = draw("content" in props ? props.content : props.children);
    const children = Array.isArray(content) ? content : [content];
    return window.React.createElement(type.toLowerCase(), attributesOf(props), ...children);
  }

  window.portal_markup = {};
  TAGS.split(" ").forEach(function (type) {
    window.portal_markup[type] = function (props) {
      return drawElement(type, props);
    };
  });
})();
