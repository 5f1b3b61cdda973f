const flow = () => null;
const solver = () => null;
